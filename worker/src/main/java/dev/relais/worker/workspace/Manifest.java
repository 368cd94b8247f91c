package dev.relais.worker.workspace;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jgit.lib.ObjectId;

/**
 * What a snapshot keeps beside the git tree: the commit that the work is based on, and every mode that git would forget. As bytes: a line of
 * text, then {@code <octal mode> <path>} entries, each ended by NUL.
 *
 * @param base of the task's repository; empty for a workspace that began empty
 */
record Manifest(Optional<ObjectId> base, List<Mode> modes) {
    private static final String HEAD = "relais-snapshot 1 base ";
    private static final String NO_BASE = "none";

    Manifest {
        modes = List.copyOf(modes);
    }

    /** @param path raw, '/' between names, empty for the top */
    record Mode(int bits, String path) {}

    byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((HEAD + base.map(ObjectId::name).orElse(NO_BASE) + "\n").getBytes(StandardCharsets.UTF_8));
        for (Mode mode : modes) {
            bytes.writeBytes((Integer.toOctalString(mode.bits()) + " ").getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(mode.path().getBytes(StandardCharsets.ISO_8859_1));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    static Manifest parse(byte[] bytes) {
        int at = indexOf(bytes, '\n', 0);
        String head = new String(bytes, 0, at, StandardCharsets.UTF_8);
        if (!head.startsWith(HEAD)) {
            throw new IllegalStateException("not a snapshot that this release reads: \"" + head + "\"");
        }
        String base = head.substring(HEAD.length());
        var modes = new ArrayList<Mode>();
        for (at++; at < bytes.length;) {
            int space = indexOf(bytes, ' ', at);
            int end = indexOf(bytes, '\0', space);
            int bits = Integer.parseInt(new String(bytes, at, space - at, StandardCharsets.UTF_8), 8);
            modes.add(new Mode(bits, new String(bytes, space + 1, end - space - 1, StandardCharsets.ISO_8859_1)));
            at = end + 1;
        }
        return new Manifest(base.equals(NO_BASE) ? Optional.empty() : Optional.of(ObjectId.fromString(base)), modes);
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw new IllegalStateException("the snapshot's manifest is cut off");
    }
}
