package dev.relais.deploy.crash;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.Seams;
import dev.relais.worker.Worker;
import dev.relais.worker.WorkerMain;
import dev.relais.worker.journal.Admission;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.journal.RunJournal;
import dev.relais.worker.kafka.RunFactory;
import dev.relais.worker.run.TaskRun;

/**
 * A composition root: a worker that stands still where a test says so, before a poll and before an acknowledgement, beats going on; and says what was
 * delivered to it and which runs it starts.
 */
final class HeldWorker {
    /** It stands before an acknowledgement only where it polled so many at once: a fetch that was on its way may bring the first few alone. */
    static final int MANY = 6;
    /** A line before what one poll brought. */
    static final String POLLED = "polled";
    static final String DELIVERED = "delivered ";
    static final String STARTED = "started ";
    private static final String GATES = "relais.crash.gates";

    private HeldWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path gates = Path.of(System.getProperty(GATES));
        System.exit(
                WorkerMain.run(System.getenv(), new Seams(inbox -> held(inbox, gates), UnaryOperator.identity(), SayingRuns::new,
                        UnaryOperator.identity(), Worker::messagesApi)));
    }

    /** @param gates a directory: while {@link Gate}'s file lies there, the worker stands before it */
    static List<String> options(Path gates) {
        return List.of("-D" + GATES + "=" + gates);
    }

    /** Where it stands still. */
    enum Gate {
        POLL,
        ACKNOWLEDGE;

        void close(Path gates) throws IOException {
            Files.createDirectories(gates);
            Files.createFile(gates.resolve(name()));
        }

        void open(Path gates) throws IOException {
            Files.delete(gates.resolve(name()));
        }

        /** What it says as soon as it stands there. */
        String reached() {
            return "stands before " + name();
        }

        private void pass(Path gates) throws IOException, InterruptedException {
            Path gate = gates.resolve(name());
            if (!Files.exists(gate)) {
                return;
            }
            System.out.println(reached());
            try (WatchService opened = gates.getFileSystem().newWatchService()) {
                gates.register(opened, StandardWatchEventKinds.ENTRY_DELETE);
                // Looked at behind the registration: a gate that opened before it is open.
                while (Files.exists(gate)) {
                    opened.take().reset();
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // The proxy implements exactly this interface.
    private static ShareConsumer<byte[], byte[]> held(ShareConsumer<byte[], byte[]> inbox, Path gates) {
        var polled = new AtomicInteger();
        return (ShareConsumer<byte[], byte[]>) Proxy.newProxyInstance(HeldWorker.class.getClassLoader(),
                new Class<?>[]{ShareConsumer.class}, (_, method, arguments) -> call(inbox, gates, polled, method, arguments));
    }

    private static @Nullable Object call(ShareConsumer<byte[], byte[]> inbox, Path gates, AtomicInteger polled, Method method,
            Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "poll" -> Gate.POLL.pass(gates);
            case "acknowledge" -> {
                if (polled.get() >= MANY) {
                    Gate.ACKNOWLEDGE.pass(gates);
                }
            }
            default -> {
            }
        }
        Object result = FusedInbox.forwarded(inbox, method, arguments);
        if (result instanceof ConsumerRecords<?, ?> records && !records.isEmpty()) {
            polled.set(records.count());
            System.out.println(POLLED);
            for (ConsumerRecord<?, ?> record : records) {
                System.out.println(DELIVERED + new String((byte[]) record.key(), StandardCharsets.UTF_8));
            }
        }
        return result;
    }

    private record SayingRuns(RunFactory runs) implements OtherRuns {
        @Override
        public TaskRun.Left run(WorkDispatched work, List<Entry> claimed, RunJournal journal, Admission admission)
                throws InterruptedException {
            System.out.println(STARTED + work.taskId() + "/" + work.epoch());
            return runs.run(work, claimed, journal, admission);
        }
    }
}
