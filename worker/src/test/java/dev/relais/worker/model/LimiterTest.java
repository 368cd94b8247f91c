package dev.relais.worker.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import dev.relais.worker.model.Limiter.Entry.Pass;
import dev.relais.worker.model.Limiter.Entry.TurnedAway;

import static org.assertj.core.api.Assertions.assertThat;

final class LimiterTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Optional<Duration> UNSAID = Optional.empty();

    @Test
    void noMoreThanTheLimitEnter() {
        var gate = admitted(admitted(Gate.open(2), NOON), NOON);

        assertThat(gate.enter(NOON)).isEqualTo(new Gate.Entry.Full());
        assertThat(gate.left(true).enter(NOON)).isInstanceOf(Gate.Entry.Admitted.class);
    }

    @Test
    void overloadClosesTheGateForEverybodyAndHalvesTheLimit() {
        var gate = admitted(Gate.open(8), NOON).overloaded(NOON, NOON.plusMillis(10), UNSAID);

        assertThat(gate.limit()).isEqualTo(4);
        assertThat(gate.inFlight()).isZero();
        assertThat(gate.enter(NOON.plusMillis(10))).isEqualTo(new Gate.Entry.Closed(Duration.ofSeconds(1)));
        assertThat(gate.enter(NOON.plusMillis(1_010))).isInstanceOf(Gate.Entry.Admitted.class);
    }

    @Test
    void callsTurnedAwayTogetherAreOneStrike() {
        var gate = admitted(admitted(admitted(Gate.open(8), NOON), NOON), NOON);
        for (var call = 0; call < 3; call++) {
            gate = gate.overloaded(NOON, NOON.plusMillis(100), UNSAID);
        }

        assertThat(gate.strikes()).isEqualTo(1);
        assertThat(gate.limit()).isEqualTo(4);
    }

    @Test
    void gateStaysClosedLongerWithEachStrikeUpToAMinute() {
        var gate = Gate.open(8);
        var now = NOON;
        for (var wait : new int[]{1, 2, 4, 8, 16, 32, 60, 60}) {
            now = now.plusSeconds(100);
            gate = admitted(gate, now).overloaded(now, now, UNSAID);
            assertThat(gate.enter(now)).isEqualTo(new Gate.Entry.Closed(Duration.ofSeconds(wait)));
        }
        assertThat(gate.limit()).isEqualTo(1);
    }

    @Test
    void serversWaitHoldsForEverybodyWithinABound() {
        var gate = admitted(Gate.open(8), NOON);

        assertThat(gate.overloaded(NOON, NOON, Optional.of(Duration.ofSeconds(20))).enter(NOON))
                .isEqualTo(new Gate.Entry.Closed(Duration.ofSeconds(20)));
        assertThat(gate.overloaded(NOON, NOON, Optional.of(Duration.ofHours(2))).enter(NOON))
                .isEqualTo(new Gate.Entry.Closed(Gate.LONGEST_WAIT));
    }

    @Test
    void goodCallsOpenTheLimitAgain() {
        var gate = admitted(Gate.open(8), NOON).overloaded(NOON, NOON, UNSAID);
        for (var call = 0; call < 10; call++) {
            gate = admitted(gate, NOON.plusSeconds(2)).left(true);
        }

        assertThat(gate.limit()).isEqualTo(8);
        assertThat(gate.strikes()).isZero();
        assertThat(gate.inFlight()).isZero();
    }

    @Test
    void callThatWaitsEntersWhenAnotherLeaves() throws Exception {
        var limiter = new Limiter(1, InstantSource.fixed(NOON));
        var first = enter(limiter, Duration.ZERO);
        var second = new AtomicReference<Limiter.Entry>();
        var waiting = Thread.ofVirtual().start(() -> second.set(enter(limiter, Duration.ofMinutes(1))));
        first.leaveWell();

        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
        assertThat(second.get()).isInstanceOf(Pass.class);
    }

    @Test
    void callThatFindsNoPlaceInItsTimeIsTurnedAway() throws Exception {
        var limiter = new Limiter(1, InstantSource.fixed(NOON));
        var unused = enter(limiter, Duration.ZERO);

        assertThat(limiter.enter(Duration.ofMillis(20))).isEqualTo(new TurnedAway());
        unused.leave();
        assertThat(limiter.enter(Duration.ZERO)).isInstanceOf(Pass.class);
    }

    @Test
    void passThatIsLeftTwiceFreesOnePlace() throws Exception {
        var limiter = new Limiter(2, InstantSource.fixed(NOON));
        var pass = enter(limiter, Duration.ZERO);
        enter(limiter, Duration.ZERO);
        pass.leaveWell();
        pass.leave();

        assertThat(limiter.enter(Duration.ZERO)).isInstanceOf(Pass.class);
        assertThat(limiter.enter(Duration.ZERO)).isEqualTo(new TurnedAway());
    }

    @Test
    void interruptEndsTheWait() throws Exception {
        var limiter = new Limiter(1, InstantSource.fixed(NOON));
        enter(limiter, Duration.ZERO);
        var ended = new CountDownLatch(1);
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                limiter.enter(Duration.ofMinutes(1));
            } catch (InterruptedException _) {
                ended.countDown();
            }
        });
        waiting.interrupt();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Gate admitted(Gate gate, Instant now) {
        return switch (gate.enter(now)) {
            case Gate.Entry.Admitted admitted -> admitted.next();
            case Gate.Entry.Full _,Gate.Entry.Closed _ -> throw new AssertionError("nobody may enter " + gate);
        };
    }

    private static Pass enter(Limiter limiter, Duration atMost) {
        try {
            return switch (limiter.enter(atMost)) {
                case Pass pass -> pass;
                case TurnedAway _ -> throw new AssertionError("turned away");
            };
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
