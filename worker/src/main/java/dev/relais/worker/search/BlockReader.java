package dev.relais.worker.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** A file in blocks of whole lines. A line longer than a block comes in pieces. */
final class BlockReader implements AutoCloseable {
    static final int BLOCK = 8 << 20;

    private final SeekableByteChannel channel;
    private final long largest;
    private final int linesBefore;
    /** The last lines of the block before, and what stood behind its last line's end. */
    private byte[] kept = new byte[0];
    private int fresh;
    private boolean atEnd;

    private BlockReader(SeekableByteChannel channel, long largest, int linesBefore) {
        this.channel = channel;
        this.largest = largest;
        this.linesBefore = linesBefore;
    }

    /** @param linesBefore that each block repeats of the one before */
    static BlockReader open(Path file, long largest, int linesBefore) throws IOException {
        return new BlockReader(Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)), largest,
                linesBefore);
    }

    /** Whether the last block has come. */
    boolean isAtEnd() {
        return atEnd;
    }

    /** An empty one at the end. */
    Block next() throws IOException {
        long left = channel.size() - channel.position();
        byte[] bytes = Arrays.copyOf(kept, kept.length + (int) Math.min(left, largest));
        int size = read(bytes, kept.length);
        atEnd = channel.position() >= channel.size();
        int end = size;
        if (!atEnd) {
            int lastLine = size;
            while (lastLine > kept.length && bytes[lastLine - 1] != '\n') {
                lastLine--;
            }
            end = lastLine > kept.length ? lastLine : size;
        }
        Block block = Block.of(end == bytes.length ? bytes : Arrays.copyOf(bytes, end), fresh);
        int context = contextStart(bytes, end);
        kept = atEnd ? new byte[0] : Arrays.copyOfRange(bytes, context, size);
        fresh = end - context;
        return block;
    }

    private int contextStart(byte[] bytes, int end) {
        int start = end;
        for (int lines = 0; lines < linesBefore && start > 0 && end - start < BLOCK / 4; lines++) {
            start--;
            while (start > 0 && bytes[start - 1] != '\n') {
                start--;
            }
        }
        return end - start > BLOCK / 4 ? end : start;
    }

    private int read(byte[] bytes, int from) throws IOException {
        var buffer = ByteBuffer.wrap(bytes, from, bytes.length - from);
        int read;
        do {
            read = channel.read(buffer);
        } while (read >= 0 && buffer.hasRemaining());
        return buffer.position();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
