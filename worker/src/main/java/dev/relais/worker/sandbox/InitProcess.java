package dev.relais.worker.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first process of a command's own process namespace. When it is killed the kernel kills all others there before it lets it go, whatever they
 * ignore and wherever they hid.
 */
final class InitProcess {
    private static final Logger LOG = LoggerFactory.getLogger(InitProcess.class);
    private static final Path PROC = Path.of("/proc");
    private static final Pattern PID = Pattern.compile("\"child-pid\":\\s*(\\d+)\\D");
    private static final Pattern EXIT = Pattern.compile("\"exit-code\":");
    private static final int MOST_WORDS = 4_096;
    private static final long PATIENCE_SECONDS = 5;
    private static final long PAUSE_NANOS = 500_000;

    private final Process bwrap;
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isWalled;
    private volatile long pid;
    private volatile long started;

    /** @param bwrap or what becomes it, telling of the namespaces, and of the command's end, on standard error */
    InitProcess(Process bwrap) {
        this.bwrap = bwrap;
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try (InputStream words = bwrap.getErrorStream()) {
            var said = new StringBuilder();
            byte[] buffer = new byte[MOST_WORDS];
            for (int read = words.read(buffer); read >= 0 && said.length() < MOST_WORDS; read = words.read(buffer)) {
                said.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                hear(said);
            }
        } catch (IOException e) {
            LOG.debug("bwrap's own words ended early", e);
        } finally {
            told.countDown();
            ended.countDown();
        }
    }

    private void hear(CharSequence said) {
        Matcher found = PID.matcher(said);
        if (pid == 0 && found.find()) {
            long number = Long.parseLong(found.group(1));
            started = ProcessStat.of(PROC.resolve(String.valueOf(number))).started();
            pid = number;
            told.countDown();
        }
        isWalled |= EXIT.matcher(said).find();
    }

    /**
     * Whether the walls stood when bwrap ended: it tells of an exit code only where the command was started behind them. No word of the command's
     * gets here.
     */
    boolean wasWalled() throws InterruptedException {
        return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && isWalled;
    }

    /** 0 while it is not known. */
    long pid() {
        return pid;
    }

    /** Returns when the namespace is gone. Not to be stopped: a run that ends leaves no process. */
    void kill() {
        // Without a wall there is nothing behind it: a wrapper that became no bwrap dies like any process.
        if (bwrap.isAlive() && pid == 0) {
            bwrap.destroyForcibly();
        }
        awaitWords();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (bwrap.isAlive() || isLiving()) {
            if (isLiving()) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            } else {
                bwrap.destroyForcibly();
            }
            if (System.nanoTime() - deadline > 0) {
                LOG.warn("a command's process namespace does not die: its first process is {}", pid);
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isLiving() {
        if (pid == 0) {
            return false;
        }
        ProcessStat stat = ProcessStat.of(PROC.resolve(String.valueOf(pid)));
        return stat.isLiving() && stat.started() == started;
    }

    private void awaitWords() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("bwrap does not tell of its namespace");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
