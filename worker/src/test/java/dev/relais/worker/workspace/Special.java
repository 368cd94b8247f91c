package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A directory as text, without what no snapshot keeps: pipes, sockets, set-uid bits. */
final class Special {
    private Special() {}

    static Map<String, String> without(Path root) throws IOException {
        var all = new TreeMap<String, String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                all.put(name(directory), mode(directory, 07777));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    all.put(name(file), "-> " + Files.readSymbolicLink(file));
                } else if (attributes.isRegularFile()) {
                    all.put(name(file), mode(file, 01777) + " "
                            + HexFormat.of().formatHex(Files.readAllBytes(file)).hashCode());
                }
                return FileVisitResult.CONTINUE;
            }

            private String name(Path file) {
                return new String(FileNames.rawPath(file).substring(FileNames.length(root)).getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.ISO_8859_1);
            }

            private String mode(Path file, int mask) throws IOException {
                return Integer.toOctalString((int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & mask);
            }
        });
        return all;
    }
}
