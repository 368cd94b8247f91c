package dev.relais.worker.toolkit;

import java.nio.file.Path;

import dev.relais.worker.workspace.Workspace;

/** How a search names a file: relative to where commands start, so that the name works in every tool; from the top where it lies elsewhere. */
final class Shown {
    private final String start;

    Shown(Workspace workspace) {
        Path root = workspace.root();
        Path from = workspace.start();
        this.start = from.equals(root) ? "" : root.relativize(from) + "/";
    }

    /** @param path from the workspace's top */
    String name(String path) {
        return path.startsWith(start) ? path.substring(start.length()) : Workspace.SEEN_AS + "/" + path;
    }
}
