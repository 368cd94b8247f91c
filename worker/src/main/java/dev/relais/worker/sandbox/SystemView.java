package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command sees of this machine, read-only: programs and libraries, and of {@code /etc} what programs need to start ({@link EtcCopy}). Nothing of the home, of
 * {@code /var}, {@code /run}, {@code /opt}, {@code /srv}; of {@code /etc} no file in which people keep passwords ({@code npmrc}, {@code pip.conf},
 * {@code gitconfig}, Maven's settings).
 */
final class SystemView {
    private static final List<String> PROGRAMS = List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");
    private static final List<String> ETC = List.of("alternatives", "ca-certificates", "ca-certificates.conf", "crypto-policies",
            "debian_version", "fonts", "gai.conf", "host.conf", "java*", "ld.so.cache", "ld.so.conf", "ld.so.conf.d",
            "locale.alias", "localtime", "magic", "magic.mime", "maven/logging", "maven/m2.conf", "mime.types", "nsswitch.conf",
            "os-release", "pki/ca-trust", "pki/java", "pki/tls/certs", "protocols", "services", "ssl/certs", "ssl/openssl.cnf",
            "terminfo", "timezone");
    private static final Path ETC_ROOT = Path.of("/etc");

    private SystemView() {}

    /** The programs, as arguments of bwrap. */
    static List<String> arguments() {
        var arguments = new ArrayList<String>();
        for (String each : PROGRAMS) {
            Path directory = Path.of(each);
            if (Files.isSymbolicLink(directory)) {
                arguments.addAll(List.of("--symlink", target(directory), each));
            } else if (Files.isDirectory(directory)) {
                arguments.addAll(List.of("--ro-bind", each, each));
            }
        }
        return arguments;
    }

    static boolean shows(String directory) {
        return PROGRAMS.stream().anyMatch(Path.of(directory)::startsWith);
    }

    /** Files and directories of {@code /etc}. */
    static List<Path> etc() {
        var files = new ArrayList<Path>();
        for (String each : ETC) {
            if (each.endsWith("*")) {
                files.addAll(beginning(each.substring(0, each.length() - 1)));
            } else if (Files.exists(ETC_ROOT.resolve(each), LinkOption.NOFOLLOW_LINKS)) {
                files.add(ETC_ROOT.resolve(each));
            }
        }
        return files;
    }

    private static List<Path> beginning(String name) {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(ETC_ROOT, name + "*")) {
            found.forEach(files::add);
        } catch (IOException e) {
            return List.of();
        }
        return files;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new IllegalStateException(link + " was a link a moment ago", e);
        }
    }
}
