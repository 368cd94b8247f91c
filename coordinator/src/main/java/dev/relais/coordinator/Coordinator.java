package dev.relais.coordinator;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.coordinator.health.HealthEndpoint;
import dev.relais.coordinator.health.HealthEndpoint.Probe;
import dev.relais.coordinator.routing.AgentRegistry;
import dev.relais.coordinator.routing.RouteRule;
import dev.relais.coordinator.streams.CoordinatorTopology;
import dev.relais.coordinator.streams.Pulse;
import dev.relais.coordinator.streams.StateCodec.UnreadableState;
import dev.relais.coordinator.streams.StreamsProperties;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.topic.TopicPlan;
import dev.relais.schemas.topic.TopicSetup;
import dev.relais.schemas.wire.EventCodec;

/** The coordinator's composition root: topics, topology, management port. */
public final class Coordinator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    /** Longer than a broker's restart, a rebalance or a dead coordinator's open transaction lasts. */
    private static final Duration SLOW = Duration.ofSeconds(30);
    private static final Duration STUCK = Duration.ofMinutes(5);

    private final Pulse pulse = new Pulse(InstantSource.system());
    private final KafkaStreams streams;
    private final HealthEndpoint health;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch dead = new CountDownLatch(1);

    private Coordinator(Settings settings, BiFunction<Topology, Properties, KafkaStreams> engine) throws IOException {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Properties properties = StreamsProperties.of(settings);
        streams = engine.apply(CoordinatorTopology.of(settings, new EventCodec(), registry, pulse), properties);
        streams.setStateListener((now, _) -> {
            switch (now) {
                case RUNNING -> running.countDown();
                case ERROR, NOT_RUNNING -> {
                    dead.countDown();
                    running.countDown();
                }
                case CREATED, REBALANCING, PENDING_SHUTDOWN, PENDING_ERROR -> {
                }
            }
        });
        streams.setUncaughtExceptionHandler(Coordinator::afterDeath);
        health = HealthEndpoint.start(settings.managementPort(), registry, this::live, this::ready);
    }

    /** A thread is replaced, because most deaths are a broker's moods; state that cannot be read stays so, and stops the process. */
    private static StreamThreadExceptionResponse afterDeath(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableState) {
                LOG.error("The coordinator stops: {}", cause.getMessage(), error);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        }
        LOG.error("A stream thread died and is replaced", error);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** The start was refused: what stands in the way, and what to do about it. */
    public static final class StartRefused extends Exception {
        private static final long serialVersionUID = 1L;

        StartRefused(List<String> problems) {
            super(String.join("\n", problems));
        }
    }

    /** Makes the topics, joins, and returns at once; {@link #awaitReady} waits for the partitions. */
    public static Coordinator start(Settings settings) throws StartRefused, IOException, InterruptedException {
        return start(settings, KafkaStreams::new);
    }

    /** @param engine makes the Streams application; another composition root may give it clients of its own */
    public static Coordinator start(Settings settings, BiFunction<Topology, Properties, KafkaStreams> engine)
            throws StartRefused, IOException, InterruptedException {
        var registry = new AgentRegistry(settings.agents(), settings.foreignAgents());
        if (registry.player(RouteRule.LAST_RESORT) == AgentRegistry.Player.NOBODY) {
            throw new StartRefused(
                    List.of("RELAIS_FOREIGN_AGENTS: add " + RouteRule.LAST_RESORT + ", which receives what no other agent may"));
        }
        awaitTopics(settings);
        try {
            var coordinator = new Coordinator(settings, engine);
            coordinator.streams.start();
            return coordinator;
        } catch (BindException e) {
            throw new StartRefused(
                    List.of("the management port " + settings.managementPort() + " cannot be had (" + e.getMessage()
                            + "): set RELAIS_MANAGEMENT_PORT to a free one, or to 0 for any"));
        }
    }

    private static void awaitTopics(Settings settings) throws StartRefused, InterruptedException {
        var setup = new TopicSetup(TopicPlan.of(settings), settings.bootstrapServers(), settings.kafka());
        if (setup.await() instanceof TopicSetup.Outcome.Refused(List<String> problems)) {
            throw new StartRefused(problems);
        }
    }

    /** @return whether all is running before the time is over */
    public boolean awaitReady(Duration most) throws InterruptedException {
        return running.await(most.toMillis(), TimeUnit.MILLISECONDS) && dead.getCount() > 0;
    }

    /** Waits until the coordinator has stopped for good: closed, or dead of what no restart of a thread mends. */
    public void awaitEnd() throws InterruptedException {
        dead.await();
    }

    public int managementPort() {
        return health.port();
    }

    private Probe live() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING
                ? new Probe.Down("streams: " + state)
                : progress(STUCK);
    }

    private Probe ready() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING ? progress(SLOW) : new Probe.Down("streams: " + state);
    }

    private Probe progress(Duration most) {
        List<Integer> silent = pulse.silentFor(most);
        return silent.isEmpty()
                ? new Probe.Up()
                : new Probe.Down("shards " + silent + " have counted no tick for " + most.toSeconds()
                        + " s: the broker is away, a transaction stands open before them, or this process is stuck and must be started anew");
    }

    @Override
    public void close() {
        streams.close(CLOSE);
        health.close();
    }
}
