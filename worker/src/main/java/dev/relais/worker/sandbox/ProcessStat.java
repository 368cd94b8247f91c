package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code /proc/<pid>/stat} says.
 *
 * @param state a letter; {@code Z} is a zombie, which holds nothing but its number until its parent asks for it; empty for one that is gone
 * @param started in ticks of a hundredth of a second since the machine's start
 * @param resident in pages of memory
 */
record ProcessStat(String state, long parent, long session, long started, int threads, long resident) {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessStat.class);
    private static final ProcessStat GONE = new ProcessStat("", 0, 0, 0, 0, 0);
    private static final int TICKS_A_SECOND = 100;
    private static final long KERNEL = 2;

    static ProcessStat of(Path process) {
        try {
            String text = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The second field is a name, which may contain blanks and parentheses.
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return new ProcessStat(fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[3]), Long.parseLong(fields[19]),
                    Integer.parseInt(fields[17]), Long.parseLong(fields[21]));
        } catch (IOException e) {
            return GONE;
        }
    }

    /** On the same scale as {@link #started}, rounded down; 0 where the system does not tell. */
    static long now() {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"), StandardCharsets.ISO_8859_1);
            return (long) (Double.parseDouble(uptime.split(" ", -1)[0]) * TICKS_A_SECOND) - 1;
        } catch (IOException e) {
            LOG.debug("no /proc here", e);
            return 0;
        }
    }

    boolean isLiving() {
        return !state.isEmpty() && !state.equals("Z") && !state.equals("X");
    }

    boolean isOfTheKernel() {
        return parent == KERNEL;
    }
}
