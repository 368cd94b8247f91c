package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.worker.workspace.Workspace;

/** The files on the disk that a command's processes hold open: they take room also where no name, or none that can be reached, leads to them. */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
    private static final Path PROC = Path.of("/proc");
    private static final String DELETED = " (deleted)";
    /** As a command sees them; counted as memory. */
    private static final List<String> IN_MEMORY = List.of("/tmp/", "/dev/", "/memfd:", "/SYSV");

    private OpenFiles() {}

    /** Bytes of each, by its file key. What ends or is closed meanwhile is not in it. */
    static Map<Object, Long> of(List<Long> pids) {
        var sizes = new HashMap<Object, Long>();
        for (long pid : pids) {
            try (DirectoryStream<Path> open = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
                for (Path each : open) {
                    add(each, sizes);
                }
            } catch (IOException | DirectoryIteratorException e) {
                LOG.debug("the process {} ended while its files were looked at", pid, e);
            }
        }
        return sizes;
    }

    private static void add(Path descriptor, Map<Object, Long> sizes) {
        try {
            if (isOnDisk(Files.readSymbolicLink(descriptor).toString())) {
                var attributes = Files.readAttributes(descriptor, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    sizes.put(Objects.requireNonNullElse(attributes.fileKey(), descriptor), attributes.size());
                }
            }
        } catch (IOException e) {
            // A command that opens and closes without end must not hide what it keeps open.
            LOG.debug("{} was closed while it was looked at", descriptor, e);
        }
    }

    /** @param name as the command sees it; programs and libraries, which it can only read, are not its own */
    private static boolean isOnDisk(String name) {
        return name.startsWith(Workspace.SEEN_AS + "/")
                || (name.endsWith(DELETED) && IN_MEMORY.stream().noneMatch(name::startsWith));
    }
}
