package dev.relais.deploy.playbook;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.Usage;
import dev.relais.worker.model.Answer;
import dev.relais.worker.model.Answer.Failure;
import dev.relais.worker.model.ModelProbe.Probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The worker's model client against the playbook, over real HTTP. */
final class AnthropicModelTest {
    private static final String ECHO = """
            steps:
              - name: echo
                when: {said: '(?<said>.+)'}
                reply: [{text: 'dit : {{said}}'}]
            """;

    @Test
    void replyIsStreamedPricedAndNamed() throws Exception {
        try (var playbook = Playbook.of(0, "echo", ECHO); var asking = new Asking(playbook.url())) {
            var reply = asking.reply(Asking.user("héhé ━ 📦"));

            assertThat(reply.content()).hasToString("[{\"type\":\"text\",\"text\":\"dit : héhé ━ 📦\"}]");
            assertThat(reply.stopReason()).isEqualTo("end_turn");
            assertThat(reply.model()).isEqualTo(Asking.MODEL);
            assertThat(reply.requestId()).isEqualTo(playbook.requests().getFirst().id());
            assertThat(reply.usage()).isEqualTo(playbook.requests().getFirst().usage()).isNotEqualTo(Usage.NONE);
            assertThat(reply.costUsd()).isNotNull().isGreaterThan(BigDecimal.ZERO);
            assertThat(playbook.requests().getFirst().stream()).isTrue();
        }
    }

    @Test
    void anotherServerThanTheOfficialOneIsSentBothKeys() throws Exception {
        try (var playbook = Playbook.of(0, "echo", ECHO); var asking = new Asking(playbook.url())) {
            asking.reply(Asking.user("bonjour"));

            assertThat(playbook.requests()).extracting(Asked::auth).containsExactly("both");
        }
    }

    @Test
    void prefixIsReadFromTheCacheByTheNextTurn() throws Exception {
        try (var playbook = Playbook.shipped(0, "slow-tools", Optional.empty()); var asking = new Asking(playbook.url())) {
            var first = asking.reply(Asking.user("vas-y"));
            var second = asking.reply(Asking.user("vas-y"), Asking.assistant(first.content()),
                    Asking.results(first.content(), "ok"));

            assertThat(first.usage().cacheRead()).isZero();
            assertThat(first.usage().cacheWrite()).isGreaterThan(1_024);
            assertThat(second.usage().cacheRead()).isEqualTo(first.usage().cacheWrite());
            assertThat(playbook.requests()).extracting(Asked::breakpoints).containsExactly(2, 3);
        }
    }

    @Test
    void faultsAreTriedAgainUntilTheAnswerComes() throws Exception {
        try (var playbook = Playbook.shipped(0, "faults", Optional.empty()); var asking = new Asking(playbook.url())) {
            var reply = asking.reply(Asking.user("écris"));

            assertThat(reply.stopReason()).isEqualTo("tool_use");
            assertThat(reply.content().get(1).path("input").path("content").asText()).isEqualTo("écrit malgré tout\n");
            assertThat(asking.waits).hasSize(7);
            assertThat(playbook.requests()).extracting(Asked::status).containsExactly(529, 529, 429, 500, 200, 200, 200, 200);
            assertThat(playbook.requests()).filteredOn(Asked::isAnswered).hasSize(1);
        }
    }

    @Test
    void modelThatStaysAwayIsUnavailable() throws Exception {
        var script = """
                faults: [{status: 529, times: always}]
                steps: []
                """;
        try (var playbook = Playbook.of(0, "away", script); var asking = new Asking(playbook.url())) {
            assertThat(asking.ask(Asking.user("écris"))).isInstanceOfSatisfying(Answer.Failed.class,
                    failed -> assertThat(failed.failure()).isEqualTo(Failure.UNAVAILABLE));
            assertThat(playbook.requests().size()).isBetween(5, 12);
        }
    }

    @Test
    void serverThatIsNotThereIsUnavailable() throws Exception {
        String url;
        try (var playbook = Playbook.of(0, "echo", ECHO)) {
            url = playbook.url();
        }
        try (var asking = new Asking(url)) {
            assertThat(asking.ask(Asking.user("écris"))).isInstanceOfSatisfying(Answer.Failed.class,
                    failed -> assertThat(failed.failure()).isEqualTo(Failure.UNAVAILABLE));
        }
    }

    @Test
    void spendLimitIsTheWorkersOwnAndIsNotTriedAgain() throws Exception {
        var script = """
                faults: [{status: 429, code: enforced_spend_limit_reached, times: 3}]
                steps: [{name: done, reply: [{text: fait}]}]
                """;
        try (var playbook = Playbook.of(0, "spent", script); var asking = new Asking(playbook.url())) {
            assertThat(asking.ask(Asking.user("écris"))).isInstanceOfSatisfying(Answer.Failed.class,
                    failed -> assertThat(failed.failure()).isEqualTo(Failure.WORKER_REFUSED));
            assertThat(playbook.requests()).hasSize(1);
            assertThat(asking.model.probe(Asking.MODEL)).isInstanceOf(Probe.Refused.class);
            assertThat(asking.model.probe(Asking.MODEL)).isInstanceOf(Probe.Refused.class);
            assertThat(asking.model.probe(Asking.MODEL)).isInstanceOf(Probe.Passed.class);
            assertThat(asking.reply(Asking.user("écris")).stopReason()).isEqualTo("end_turn");
        }
    }

    @Test
    void keyThatTheServerEchoesIsNotInTheFailure() throws Exception {
        var script = """
                faults: [{status: 401, message: 'invalid x-api-key %s'}]
                steps: []
                """.formatted(Asking.KEY);
        try (var playbook = Playbook.of(0, "echoes", script); var asking = new Asking(playbook.url())) {
            assertThat(asking.ask(Asking.user("écris"))).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
                assertThat(failed.failure()).isEqualTo(Failure.WORKER_REFUSED);
                assertThat(failed.detail()).contains("401 authentication_error", "***").doesNotContain(Asking.KEY);
            });
        }
    }

    @Test
    void refusalAndOverflowAreTheTasks() throws Exception {
        var script = """
                steps:
                  - {name: refuses, when: {said: refuse}, stop: refusal, reply: [{text: non}]}
                  - name: too long
                    when: {said: long}
                    faults: [{status: 400, message: 'prompt is too long: 1000001 tokens > 1000000 maximum'}]
                    reply: []
                """;
        try (var playbook = Playbook.of(0, "task", script); var asking = new Asking(playbook.url())) {
            assertThat(failure(asking.ask(Asking.user("refuse")))).isEqualTo(Failure.REFUSAL);
            assertThat(failure(asking.ask(Asking.user("long")))).isEqualTo(Failure.CONTEXT_OVERFLOW);
            assertThat(failure(asking.ask(Asking.user("autre")))).isEqualTo(Failure.BAD_REQUEST);
            assertThat(asking.waits).isEmpty();
        }
    }

    @Test
    void replyOverTheJournalsSizeIsNotKept() throws Exception {
        var script = """
                steps:
                  - name: large
                    reply: [{text: '%s'}]
                """.formatted("x".repeat(950 * 1024));
        try (var playbook = Playbook.of(0, "large", script); var asking = new Asking(playbook.url())) {
            assertThat(failure(asking.ask(Asking.user("écris")))).isEqualTo(Failure.REPLY_TOO_LARGE);
        }
    }

    @Test
    void interruptEndsTheCallInFlight() throws Exception {
        var script = """
                steps: [{name: slow, latency: 60s, reply: [{text: trop tard}]}]
                """;
        try (var playbook = Playbook.of(0, "slow", script); var asking = new Asking(playbook.url())) {
            var outcome = new AtomicReference<String>("none");
            var done = new CountDownLatch(1);
            var run = Thread.ofVirtual().start(() -> {
                try {
                    outcome.set(asking.ask(Asking.user("écris")).toString());
                } catch (InterruptedException _) {
                    outcome.set("interrupted");
                }
                done.countDown();
            });
            await().until(() -> playbook.requests().size() == 1);
            run.interrupt();

            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(outcome).hasValue("interrupted");
        }
    }

    @Test
    void fiftyCallsAtATimeAreAllAnswered() throws Exception {
        try (var playbook = Playbook.of(0, "echo", ECHO.replace("reply:", "latency: 100ms\n    reply:"));
                var asking = new Asking(playbook.url());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> replies = new ArrayList<>();
            for (var call = 0; call < 50; call++) {
                var said = "appel " + call;
                replies.add(threads.submit(() -> asking.reply(Asking.user(said)).content().get(0).path("text").asText()));
            }
            for (var call = 0; call < 50; call++) {
                assertThat(replies.get(call).get()).isEqualTo("dit : appel " + call);
            }
        }
    }

    @Test
    void sameConversationIsAnsweredTheSameByAnyServer() throws Exception {
        assertThat(firstOf("escalate")).isEqualTo(firstOf("escalate"));
    }

    private static String firstOf(String name) throws IOException, InterruptedException {
        try (var playbook = Playbook.shipped(0, name, Optional.empty()); var asking = new Asking(playbook.url())) {
            return asking.reply(Asking.user("bonjour")).content().toString();
        }
    }

    private static Failure failure(Answer answer) {
        return switch (answer) {
            case Answer.Reply reply -> throw new AssertionError(reply.toString());
            case Answer.Failed failed -> failed.failure();
        };
    }
}
