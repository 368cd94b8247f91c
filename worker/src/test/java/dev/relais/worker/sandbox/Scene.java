package dev.relais.worker.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What attacks are after: files that everybody may read and write, so that only the named wall holds; a broker that listens on loopback; another
 * task's checkout; a process with a secret in its environment.
 */
final class Scene {
    /** In no script, only in what must not be read. */
    static final String CANARY = "CANARY-" + UUID.randomUUID();
    private static final String ABSTRACT = "relais-" + UUID.randomUUID();

    private final Path base;
    private final Path data;
    private final List<ServerSocketChannel> brokers = new ArrayList<>();
    private final DatagramChannel datagrams;
    private final int port;
    private Process worker;
    private String before = "";

    Scene(Path data) throws IOException {
        this.data = data;
        this.base = Files.createDirectory(Path.of("/var/tmp/relais-attack-" + UUID.randomUUID()));
        for (String each : List.of("outside", "home")) {
            Files.createDirectories(base.resolve(each));
        }
        Files.createDirectories(neighbour());
        Files.writeString(base.resolve("outside/secret.txt"), CANARY);
        Files.writeString(base.resolve("home/.netrc"), "password " + CANARY);
        Files.writeString(neighbour().resolve("secret.txt"), CANARY);
        var broker = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = ((InetSocketAddress) broker.getLocalAddress()).getPort();
        brokers.add(broker);
        brokers.add(ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(base.resolve("outside/broker.sock"))));
        for (ServerSocketChannel each : brokers) {
            each.configureBlocking(false);
        }
        datagrams = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        datagrams.configureBlocking(false);
        worker = worker();
        open();
    }

    private Path neighbour() {
        return data.resolve("workspaces/next-door/1-w.1");
    }

    /** To everybody, so that no file mode is what holds an attack. */
    private void open() throws IOException {
        for (Path each : tree(base)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        for (Path each : tree(neighbour())) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        before = fingerprint();
    }

    /** As the worker is: of its user, with a key in its environment; and it listens where there is no file. */
    private static Process worker() throws IOException {
        var builder = new ProcessBuilder("bash", "-c", "python3 -c 'import socket, sys, time\n"
                + "s = socket.socket(socket.AF_UNIX); s.bind(\"\\0\" + sys.argv[1]); s.listen(); time.sleep(3600)' \"$1\" || sleep 3600",
                "bash", ABSTRACT);
        builder.environment().put("ANTHROPIC_API_KEY", CANARY);
        return builder.start();
    }

    String filled(String text) throws IOException {
        return text.replace("{OUTSIDE}", base.resolve("outside").toString()).replace("{HOME}", base.resolve("home").toString())
                .replace("{NEIGHBOUR}", neighbour().toString()).replace("{DATA}", data.toString())
                .replace("{PORT}", String.valueOf(port))
                .replace("{UDP}", String.valueOf(((InetSocketAddress) datagrams.getLocalAddress()).getPort()))
                .replace("{ABSTRACT}", ABSTRACT).replace("{PID}", String.valueOf(worker.pid()));
    }

    /** What an attack achieved; empty where all held. Forgets it afterwards. */
    List<String> breaches() throws IOException {
        var breaches = new ArrayList<String>();
        for (ServerSocketChannel each : brokers) {
            for (var caller = each.accept(); caller != null; caller = each.accept()) {
                breaches.add("somebody connected to " + each.getLocalAddress());
                caller.close();
            }
        }
        if (datagrams.receive(ByteBuffer.allocate(100)) != null) {
            breaches.add("a datagram came");
        }
        if (!fingerprint().equals(before)) {
            breaches.add("files outside changed");
            Files.deleteIfExists(base.resolve("outside/owned.txt"));
        }
        if (!worker.isAlive()) {
            breaches.add("the worker was killed");
            worker = worker();
        }
        return breaches;
    }

    /** Processes that are some command's still: by its user, where it has one of its own, or by the odd times that attacks sleep. */
    static List<String> left(RunAs runAs) throws IOException {
        var left = new ArrayList<String>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1).replace('\0', ' ');
                    boolean own = runAs instanceof RunAs.Lowered lowered
                            && Integer.valueOf(lowered.uid()).equals(Files.getAttribute(process, "unix:uid"));
                    if ((own || line.contains("4242.")) && ProcessStat.of(process).isLiving()) {
                        left.add(process.getFileName() + " " + line);
                    }
                } catch (IOException e) {
                    assertThat(e).as("gone since it was listed").isNotNull();
                }
            }
        }
        return left;
    }

    private String fingerprint() throws IOException {
        var files = new TreeMap<String, String>();
        var all = new ArrayList<>(tree(base));
        all.addAll(tree(neighbour()));
        for (Path each : all) {
            files.put(each.toString(), Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)
                    ? Arrays.toString(Files.readAllBytes(each))
                    : "");
        }
        return files.toString();
    }

    private static List<Path> tree(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.toList();
        }
    }

    void close() throws IOException, InterruptedException {
        worker.descendants().forEach(ProcessHandle::destroyForcibly);
        worker.destroyForcibly();
        worker.waitFor(5, TimeUnit.SECONDS);
        for (ServerSocketChannel each : brokers) {
            each.close();
        }
        datagrams.close();
        for (Path each : tree(base).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(each);
        }
    }
}
