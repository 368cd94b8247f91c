package dev.relais.deploy.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Two ports of the loopback address that nobody listens on, for a broker that must name its ports before it binds them. */
record FreePorts(int first, int second) {

    static FreePorts find() throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        try (var one = new ServerSocket(0, 1, loopback); var other = new ServerSocket(0, 1, loopback)) {
            return new FreePorts(one.getLocalPort(), other.getLocalPort());
        }
    }

    /** @throws IOException where somebody listens on {@code port}; the message says what to do */
    static void mustBeFree(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            // As the broker does: a port whose last connections are still closing is free.
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IOException("port " + port + " of this machine is taken (" + e.getMessage()
                    + "): name another one with --port, or 0 for any free one", e);
        }
    }
}
