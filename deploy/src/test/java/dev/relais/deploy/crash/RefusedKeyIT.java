package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;
import dev.relais.deploy.playbook.Playbook;

import static org.assertj.core.api.Assertions.assertThat;

/** Rule 6: a key that is refused is its worker's trouble and no task's. */
final class RefusedKeyIT {
    private static final int TASKS = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String REFUSING = """
            playbook: refusing
            faults:
              - {status: 401, times: always}
            steps:
              - name: never
                when: {}
                reply:
                  - text: Jamais.
            """;

    @Test
    void oneWorkerOfTwoWithAWrongKeyCostsNoTask() throws Exception {
        var plan = new Fleet.Plan("refused-key", "crash/work.yaml", 4,
                Map.of("RELAIS_CONCURRENCY", Integer.toString(TASKS / 2)));
        try (var refusing = Playbook.of(0, "refusing", REFUSING); var fleet = Fleet.start(plan)) {
            try {
                fleet.startParts("good");
                var account = Account.open(fleet, PATIENCE);
                fleet.launch("refused", Part.Program.relais("worker"), Map.of("ANTHROPIC_BASE_URL", refusing.url()))
                        .awaitReady();
                List<String> tasks = account.submit("key", TASKS);
                account.awaitOutcomes(tasks, PATIENCE);
                account.settle(tasks);
                var these = new HashSet<>(tasks);
                assertThat(fleet.topic("journal").now(entry -> these.contains(entry.key()) && entry.is("run.yielded")))
                        .as("the refused worker yielded what it had").isNotEmpty()
                        .allMatch(entry -> String.valueOf(entry.headers().get("owner")).startsWith("refused"));
            } catch (AssertionError | RuntimeException e) {
                System.err.println(fleet.logs());
                throw e;
            }
        }
    }
}
