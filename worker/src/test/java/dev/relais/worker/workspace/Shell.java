package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Real commands for fixtures, and a directory as text for comparison. */
final class Shell {
    private Shell() {}

    static String run(Path directory, String script) {
        try {
            Process process = new ProcessBuilder("bash", "-ec", script).directory(directory.toFile()).redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(script + " failed:\n" + output);
            }
            return output.strip();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A repository with one commit on main, as a file:// URL. */
    static String repository(Path directory, String script) {
        run(directory, """
                git init -q -b main . && git config user.name T && git config user.email t@localhost
                %s
                git add -A && git commit -qm first
                """.formatted(script));
        return "file://" + directory;
    }

    /** Every path with type, mode and content. */
    static Map<String, String> picture(Path root) {
        var all = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
                String content = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path)
                        : Files.isRegularFile(path) ? HexFormat.of().formatHex(Files.readAllBytes(path)) : "";
                all.put(root.toUri().relativize(path.toUri()).getRawPath(), Integer.toOctalString(mode) + " " + content);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }
}
