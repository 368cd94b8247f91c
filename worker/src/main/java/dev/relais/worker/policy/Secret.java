package dev.relais.worker.policy;

/**
 * A secret where none may be: the place and the kind, never the secret itself, for this is journaled and shown.
 *
 * @param path within the workspace
 * @param line from 1
 * @param kind a stable code: {@code github-token}, {@code private-key}, …
 */
public record Secret(String path, int line, String kind) {
    public String place() {
        return path + ":" + line;
    }
}
