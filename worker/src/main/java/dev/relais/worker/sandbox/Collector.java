package dev.relais.worker.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.worker.sandbox.Sandbox.Output;

/** Takes in what a command writes, as fast as it writes, and keeps the beginning: a command that never stops talking fills no memory. */
final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    /** A process that got away may hold the pipe open; its words are not waited for. */
    private static final long PATIENCE_SECONDS = 2;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private long dropped;

    Collector(InputStream stream) {
        Thread.ofVirtual().start(() -> collect(stream));
    }

    private void collect(InputStream stream) {
        byte[] buffer = new byte[16 << 10];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                add(buffer, read);
            }
        } catch (IOException e) {
            LOG.debug("a command's output ended early", e);
        } finally {
            ended.countDown();
        }
    }

    private synchronized void add(byte[] buffer, int length) {
        int room = Math.min(length, Output.KEPT_BYTES - kept.size());
        kept.write(buffer, 0, room);
        dropped += length - room;
    }

    /** How much was written until now. */
    synchronized long written() {
        return kept.size() + dropped;
    }

    /** @param seenAs for each real directory, what the model sees instead: a conversation is the same on every worker */
    Output await(Map<Path, String> seenAs) throws InterruptedException {
        if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("a process that a command left behind holds its output open");
        }
        synchronized (this) {
            String text = kept.toString(StandardCharsets.UTF_8);
            for (Map.Entry<Path, String> each : seenAs.entrySet()) {
                text = Pattern.compile(Pattern.quote(each.getKey().toString()) + "(?![A-Za-z0-9._-])").matcher(text)
                        .replaceAll(Matcher.quoteReplacement(each.getValue()));
            }
            return new Output(text, dropped);
        }
    }
}
