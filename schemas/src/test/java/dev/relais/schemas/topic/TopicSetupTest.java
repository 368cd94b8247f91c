package dev.relais.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.relais.schemas.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class TopicSetupTest {
    /** What no client can be made of: so that a test ends where a client would be made. */
    private static final Map<String, String> NO_CLIENT = Map.of("security.protocol", "SASL_PLAINTEXT");

    private final List<String> asked = new ArrayList<>();

    private TopicSetup.Outcome setup(String brokers, int unknownFor) throws InterruptedException {
        return new TopicSetup(plan(), brokers, NO_CLIENT, host -> {
            asked.add(host);
            return asked.size() > unknownFor;
        }, Duration.ZERO).await();
    }

    private static TopicPlan plan() {
        return switch (Settings.load(Map.of(), null)) {
            case Settings.Loaded.Valid(Settings settings) -> TopicPlan.of(settings);
            case Settings.Loaded.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    @Test
    void aBrokerWhoseNameIsNotKnownYetIsWaitedFor() throws InterruptedException {
        assertThat(setup("localhost:9092", 3)).isInstanceOf(TopicSetup.Outcome.Refused.class);
        assertThat(asked).as("and once more, where no client could be made: it may be gone again").hasSize(5)
                .containsOnly("localhost");
    }

    @Test
    void oneKnownBrokerIsEnough() throws InterruptedException {
        setup("gone:9092, [::1]:9092", 1);
        assertThat(asked).startsWith("gone", "::1");
    }

    @Test
    void whatIsNoAddressIsRefusedAndNotWaitedFor() throws InterruptedException {
        assertThat(setup("nonsense", 9)).asInstanceOf(type(TopicSetup.Outcome.Refused.class))
                .satisfies(refused -> assertThat(refused.problems()).singleElement().asString().contains("nonsense"));
        assertThat(asked).isEmpty();
    }

    @Test
    void aClientThatCannotBeMadeIsRefusedWithTheReason() throws InterruptedException {
        assertThat(setup("localhost:9092", 0)).asInstanceOf(type(TopicSetup.Outcome.Refused.class))
                .satisfies(refused -> assertThat(refused.problems()).singleElement().asString().contains("localhost:9092",
                        "JAAS"));
    }
}
