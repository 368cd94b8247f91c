package dev.relais.deploy.playbook;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.wire.Json;

/** The requests in their order: the newest in memory, all of them in a file of JSON lines where one is named. */
final class RequestLog implements AutoCloseable {
    private static final int KEPT = 100_000;

    private final Deque<Asked> newest = new ArrayDeque<>();
    private final @Nullable BufferedWriter file;

    RequestLog(Optional<Path> file) throws IOException {
        this.file = file.isPresent()
                ? Files.newBufferedWriter(file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                : null;
    }

    synchronized void add(Asked asked) {
        if (newest.size() == KEPT) {
            newest.removeFirst();
        }
        newest.addLast(asked);
        if (file != null) {
            try {
                file.write(line(asked));
                file.newLine();
                file.flush();
            } catch (IOException lost) {
                throw new UncheckedIOException("the request log cannot be written", lost);
            }
        }
    }

    synchronized List<Asked> all() {
        return new ArrayList<>(newest);
    }

    static String line(Asked asked) {
        try {
            return Json.mapper().writeValueAsString(asked);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record of plain values is JSON", impossible);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
