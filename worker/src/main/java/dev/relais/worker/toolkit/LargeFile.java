package dev.relais.worker.toolkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.worker.text.TextEncoding;

/** The lines of a file that is too large to hold: of each no more is kept than is shown. */
final class LargeFile implements LineSource, AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LINE_BYTES = (PageRule.LINE_CHARS + 1) * 4;

    private final InputStream stream;
    private final InstantSource clock;
    private final Instant end;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int size;
    private @Nullable TextEncoding encoding;
    private boolean binary;

    private LargeFile(SeekableByteChannel channel, InstantSource clock, Instant end) {
        this.stream = Channels.newInputStream(channel);
        this.clock = clock;
        this.end = end;
    }

    /** Nothing of the kind can be read in the time. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("reading takes too long");
        }
    }

    static LargeFile open(Path file, InstantSource clock, Instant end) throws IOException {
        return new LargeFile(Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)), clock, end);
    }

    /** Whether a NUL byte came, in whatever was read. */
    boolean isBinary() {
        return binary;
    }

    @Override
    public @Nullable String next() throws IOException {
        if (at == size && !fill()) {
            return null;
        }
        var line = new ByteArrayOutputStream();
        boolean ended = false;
        while (!ended && (at < size || fill())) {
            int stop = at;
            while (stop < size && buffer[stop] != '\n') {
                stop++;
            }
            line.write(buffer, at, Math.clamp(LINE_BYTES - line.size(), 0, stop - at));
            ended = stop < size;
            at = ended ? stop + 1 : stop;
        }
        byte[] bytes = line.toByteArray();
        TextEncoding known = encoding == null ? TextEncoding.of(bytes) : encoding;
        String text = Content.shown((known == TextEncoding.UTF_8_MARKED ? TextEncoding.of(bytes) : known).decode(bytes));
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private boolean fill() throws IOException {
        if (clock.instant().isAfter(end)) {
            throw new TooLong();
        }
        int read = stream.read(buffer);
        at = 0;
        size = Math.max(0, read);
        byte[] now = size == BUFFER ? buffer : java.util.Arrays.copyOf(buffer, size);
        encoding = encoding == null && size > 0 ? TextEncoding.of(now) : encoding;
        for (int i = 0; i < size; i++) {
            binary |= buffer[i] == 0;
        }
        return size > 0;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
