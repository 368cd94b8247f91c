package dev.relais.deploy.playbook;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;

/** A server that plays a script. Scripts: {@code deploy/docs/playbook.md}. */
public final class Playbook implements AutoCloseable {
    static {
        // Read once, by the server's first use: without it small writes wait for acknowledgements, and idle clients are dropped.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    private static final int BACKLOG = 4_096;
    private static final String SHIPPED = "/playbooks/";

    private final HttpServer server;
    private final ExecutorService threads;
    private final PlaybookHandler handler;

    private Playbook(int port, Script script, RequestLog log) throws IOException {
        this.handler = new PlaybookHandler(script, log, InstantSource.system());
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
    }

    /**
     * Starts on this machine's loopback address.
     *
     * @param port 0 for any free one
     * @throws BadScriptException naming line and column
     */
    public static Playbook start(int port, Path script) throws IOException {
        return start(port, script, Optional.empty());
    }

    /** @param log a file that gets a JSON line for every request */
    public static Playbook start(int port, Path script, Optional<Path> log) throws IOException {
        return new Playbook(port, ScriptReader.read(script.toString(), Files.readString(script)), new RequestLog(log));
    }

    /**
     * Starts a script that ships with Relais.
     *
     * @param name {@code sample}, {@code one-turn}, …
     */
    public static Playbook shipped(int port, String name, Optional<Path> log) throws IOException {
        return new Playbook(port, ScriptReader.read(name + ".yaml", resource(name)), new RequestLog(log));
    }

    /** Starts a script given as text. */
    public static Playbook of(int port, String name, String yaml) throws IOException {
        return new Playbook(port, ScriptReader.read(name, yaml), new RequestLog(Optional.empty()));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** What a client's base URL is. */
    public String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + port();
    }

    /** The requests so far, the oldest first; of very many the newest hundred thousand. */
    public List<Asked> requests() {
        return handler.requests();
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        handler.close();
    }

    static String resource(String name) throws IOException {
        try (InputStream stream = Playbook.class.getResourceAsStream(SHIPPED + name + ".yaml")) {
            if (stream == null) {
                throw new BadScriptException(
                        "no playbook named " + name + " ships with Relais; name a file, or one of: " + ShippedPlaybooks.NAMES);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
