package dev.relais.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that dies as {@code kill -9} lets it, in a process of its own, while a command of its runs behind the walls (I11). */
class KilledWorkerTest {
    private static final String SKIPPED = "SKIPPED: ";
    private static final long QUOTA = 1L << 30;
    @TempDir
    private Path dir;

    @Test
    @Timeout(60)
    void i11_noProcessOfACommandSurvivesAKilledWorker() throws Exception {
        String seconds = "4243." + ProcessHandle.current().pid();
        Path said = dir.resolve("said");
        Process worker = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                KilledWorkerTest.class.getName(),
                dir.resolve("data").toString(), seconds).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            List<ProcessHandle> command = sleeping(seconds);
            while (command.size() < 2 && worker.isAlive()) {
                Thread.onSpinWait();
                command = sleeping(seconds);
            }
            Assumptions.assumeFalse(Files.readString(said).contains(SKIPPED), () -> "no walls on this machine");
            assertThat(command).as(Files.readString(said)).hasSize(2);
            worker.destroyForcibly();
            for (ProcessHandle each : command) {
                each.onExit().get(5, TimeUnit.SECONDS);
            }
            assertThat(sleeping(seconds)).isEmpty();
        } finally {
            worker.destroyForcibly();
        }
    }

    private static List<ProcessHandle> sleeping(String seconds) throws IOException {
        var found = new ArrayList<ProcessHandle>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isSleeping(process, seconds)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static boolean isSleeping(Path process, String seconds) {
        try {
            return Files.readString(process.resolve("cmdline")).equals("sleep\0" + seconds + "\0");
        } catch (IOException e) {
            // Gone since it was listed.
            return false;
        }
    }

    /** @param arguments the data directory, and how long the command sleeps */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createDirectories(Path.of(arguments[0]));
        var wish = new Sandboxes.Wish(Sandboxes.Mode.AUTO, System.getenv(), data, List.of(), QUOTA);
        if (!(Sandboxes.choose(wish,
                new WorkerId("killed." + ProcessHandle.current().pid())) instanceof Sandboxes.Chosen.Walled walled)) {
            System.out.println(SKIPPED + "bubblewrap does not work here");
            return;
        }
        Path root = Files.createDirectories(data.resolve("workspaces/t/1-w"));
        walled.runAs().owner().take(root);
        String script = "trap '' TERM HUP; setsid sleep " + arguments[1] + " & sleep " + arguments[1];
        System.out.println(walled.sandbox().run(new Sandbox.Command(script, root, root, Duration.ofMinutes(1))));
    }
}
