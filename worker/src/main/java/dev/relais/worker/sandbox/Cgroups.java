package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the worker may make cgroups for its commands: below its own, with the controllers of memory and processes, in either version. */
final class Cgroups {
    private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);
    private static final String NAME = "relais-";
    /** Where the worker itself goes in version 2, which has processes in the leaves only. */
    private static final String WORKER = "relais-worker";
    private static final String PROCESSES = "cgroup.procs";
    private static final List<String> CONTROLLERS = List.of("memory", "pids");

    private final Version version;
    private final List<Path> parents;
    private final AtomicLong number = new AtomicLong();

    enum Version {
        ONE,
        TWO
    }

    /** What may be done for it. */
    enum Use {
        /** Nothing of what is there moves: for {@code doctor}. */
        LOOK,
        /** Version 2: the worker moves into a leaf where its own cgroup is not divided yet. */
        DIVIDE
    }

    private Cgroups(Version version, List<Path> parents) {
        this.version = version;
        this.parents = parents;
    }

    static Optional<Cgroups> find(Use use) {
        try {
            return find(Path.of("/sys/fs/cgroup"), Files.readAllLines(Path.of("/proc/self/cgroup"), StandardCharsets.UTF_8), use,
                    DelegationRule.Family.ofThisProcess());
        } catch (IOException e) {
            LOG.debug("no cgroups here", e);
            return Optional.empty();
        }
    }

    /**
     * @param mounts {@code /sys/fs/cgroup}
     * @param own lines of {@code /proc/self/cgroup}
     */
    static Optional<Cgroups> find(Path mounts, List<String> own, Use use, DelegationRule.Family family) {
        return versionOne(mounts, own).or(() -> versionTwo(mounts, own, use, family)).filter(found -> found.works(use));
    }

    private static Optional<Cgroups> versionOne(Path mounts, List<String> own) {
        List<Path> parents = CONTROLLERS.stream().flatMap(controller -> parent(mounts.resolve(controller), own, controller)
                .stream()).toList();
        return parents.size() == CONTROLLERS.size() ? Optional.of(new Cgroups(Version.ONE, parents)) : Optional.empty();
    }

    /** In a container the own path may be the host's, and the container's mount its own root. */
    private static Optional<Path> parent(Path mount, List<String> own, String controller) {
        return own.stream().map(line -> line.split(":", 3)).filter(parts -> parts.length == 3)
                .filter(parts -> List.of(parts[1].split(",", -1)).contains(controller))
                .map(parts -> mount.resolve("." + parts[2]))
                .map(Path::normalize).map(path -> Files.isDirectory(path) ? path : mount).filter(Files::isWritable).findFirst();
    }

    private static Optional<Cgroups> versionTwo(Path mounts, List<String> own, Use use, DelegationRule.Family family) {
        return own.stream().filter(line -> line.startsWith("0::"))
                .map(line -> mounts.resolve("." + line.substring(3)).normalize())
                .map(path -> path.endsWith(WORKER) ? path.getParent() : path)
                .filter(path -> isOpened(path, use, family)).findFirst()
                .map(path -> new Cgroups(Version.TWO, List.of(path)));
    }

    private static boolean isOpened(Path parent, Use use, DelegationRule.Family family) {
        try {
            if (!words(parent.resolve("cgroup.controllers")).containsAll(CONTROLLERS) || !Files.isWritable(parent)) {
                return false;
            }
            Path opened = parent.resolve("cgroup.subtree_control");
            if (words(opened).containsAll(CONTROLLERS)) {
                return true;
            }
            List<String> processes = Files.readAllLines(parent.resolve(PROCESSES), StandardCharsets.UTF_8);
            Set<Long> numbers = processes.stream().map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
            if (use == Use.LOOK || !DelegationRule.isOwn(isDelegated(parent), numbers, family)) {
                LOG.debug("the cgroup {} stays as it is", parent);
                return false;
            }
            Path worker = Files.createDirectories(parent.resolve(WORKER));
            for (String process : processes) {
                write(worker.resolve(PROCESSES), process);
            }
            write(opened, "+memory +pids");
            return true;
        } catch (IOException | NumberFormatException e) {
            LOG.debug("the cgroup {} is not the worker's to divide", parent, e);
            return false;
        }
    }

    /** By systemd, which says so to everybody since version 251. */
    private static boolean isDelegated(Path cgroup) {
        var said = Files.getFileAttributeView(cgroup, UserDefinedFileAttributeView.class);
        try {
            return said != null && said.list().contains("delegate");
        } catch (IOException e) {
            LOG.debug("{} has no attributes", cgroup, e);
            return false;
        }
    }

    private static List<String> words(Path file) throws IOException {
        return List.of(Files.readString(file, StandardCharsets.UTF_8).strip().split("\\s+", -1));
    }

    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private boolean works(Use use) {
        try (CommandCgroup probe = open(Limits.onMachineWith(0))) {
            LOG.debug("cgroups can be had: {}", probe.entries());
            if (use == Use.DIVIDE) {
                parents.forEach(Cgroups::sweep);
            }
            return true;
        } catch (IOException e) {
            LOG.debug("no cgroup can be made below {}", parents, e);
            return false;
        }
    }

    /** What workers left behind that were killed; those with processes in them stay. */
    private static void sweep(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, NAME + "[0-9]*-*")) {
            for (Path each : left) {
                String process = each.getFileName().toString().substring(NAME.length()).replaceAll("-.*", "");
                if (ProcessHandle.of(Long.parseLong(process)).isEmpty() && !each.toFile().delete()) {
                    LOG.debug("{} is still in use", each);
                }
            }
        } catch (IOException | NumberFormatException e) {
            LOG.debug("old cgroups below {} stay", parent, e);
        }
    }

    CommandCgroup open(Limits limits) throws IOException {
        String name = NAME + ProcessHandle.current().pid() + "-" + number.incrementAndGet();
        return CommandCgroup.make(version, parents.stream().map(parent -> parent.resolve(name)).toList(), limits);
    }

    @Override
    public String toString() {
        return "cgroup v" + (version == Version.ONE ? 1 : 2);
    }
}
