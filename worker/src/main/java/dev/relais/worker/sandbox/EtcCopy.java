package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.worker.workspace.Removal;

/**
 * The {@code /etc} that commands see, put together once: bwrap reads all mounts anew for each one that it makes, so one mount instead of two dozen saves
 * every command some milliseconds.
 */
final class EtcCopy {
    private static final Logger LOG = LoggerFactory.getLogger(EtcCopy.class);
    private static final Path ETC = Path.of("/etc");
    private static final Map<String, String> OWN = Map.of("passwd", """
            root:x:0:0:root:/:/bin/false
            relais:x:1000:1000:relais:/tmp:/bin/bash
            nobody:x:65534:65534:nobody:/:/bin/false
            """, "group", """
            root:x:0:
            relais:x:1000:
            nogroup:x:65534:
            """, "hosts", """
            127.0.0.1 localhost relais
            ::1 localhost
            """, "resolv.conf", "");

    private final Path parent;
    private Optional<Path> made = Optional.empty();

    /** @param parent a directory of the worker's own that the commands' user may walk to */
    EtcCopy(Path parent) {
        this.parent = parent;
    }

    /** Made again where somebody cleared it away. */
    synchronized Path directory() throws IOException {
        Path there = made.filter(Files::isDirectory).orElse(parent);
        if (there.equals(parent)) {
            there = make();
            made = Optional.of(there);
        }
        return there;
    }

    /** Named by what was copied: workers of one machine share it, and a changed system gives another. */
    private Path make() throws IOException {
        List<Path> sources = sources();
        var listing = new StringBuilder(OWN.toString());
        for (Path each : sources) {
            var attributes = Files.readAttributes(each, "posix:*", LinkOption.NOFOLLOW_LINKS);
            listing.append(each).append(attributes.get("size")).append(attributes.get("lastModifiedTime"))
                    .append(attributes.get("permissions"));
        }
        Path directory = parent.resolve("etc-" + UUID.nameUUIDFromBytes(listing.toString().getBytes(StandardCharsets.UTF_8)));
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Path fresh = Files.createDirectories(parent).resolve(UUID.randomUUID() + ".etc");
        fill(fresh, sources);
        try {
            return Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Removal.of(fresh);
            if (Files.isDirectory(directory)) {
                return directory;
            }
            throw e;
        }
    }

    /** Parents before what they hold. */
    private static List<Path> sources() throws IOException {
        var sources = new ArrayList<Path>();
        for (Path each : SystemView.etc()) {
            try (Stream<Path> tree = Files.walk(each)) {
                tree.sorted().forEach(sources::add);
            }
        }
        return sources;
    }

    private static void fill(Path to, List<Path> sources) throws IOException {
        open(Files.createDirectories(to));
        for (Path each : sources) {
            Path place = to.resolve(ETC.relativize(each));
            openAll(place.resolveSibling(""));
            if (!Files.isReadable(each) && !Files.isSymbolicLink(each)) {
                LOG.debug("commands do not see {}, which the worker cannot read", each);
            } else if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                open(Files.createDirectories(place));
            } else if (Files.isSymbolicLink(each) || Files.isRegularFile(each)) {
                Files.copy(each, place, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        for (Map.Entry<String, String> each : OWN.entrySet()) {
            Path file = Files.writeString(to.resolve(each.getKey()), each.getValue());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    /** {@code ssl/certs} is named without {@code ssl}. */
    private static void openAll(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            openAll(directory.resolveSibling(""));
            open(Files.createDirectory(directory));
        }
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
