package dev.relais.worker.anthropic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.worker.anthropic.AnthropicWire.Exchange;
import dev.relais.worker.model.Answer;
import dev.relais.worker.model.FailureClass;
import dev.relais.worker.model.FailureClass.Reach;
import dev.relais.worker.model.FailureRule;
import dev.relais.worker.model.Fault;
import dev.relais.worker.model.Limiter;
import dev.relais.worker.model.ModelClient;
import dev.relais.worker.model.Pause;
import dev.relais.worker.model.PriceList;
import dev.relais.worker.model.Prompt;
import dev.relais.worker.model.RetryRule;

/**
 * Asks a server that speaks the Messages API. Calls block; make them on virtual threads, whose interrupt ends the call in flight.
 * One instance serves all runs of a worker.
 */
public final class AnthropicModel implements ModelClient {
    private static final Logger LOG = LoggerFactory.getLogger(AnthropicModel.class);

    private final ModelServer server;
    private final AnthropicWire wire;
    private final PriceList prices;
    private final Limiter limiter;
    private final Patience patience;

    public AnthropicModel(ModelServer server, PriceList prices, InstantSource clock) {
        this(server, prices, new Limiter(server.concurrency(), clock), new Patience(RetryRule.STANDARD, clock, Pause.real()));
    }

    public AnthropicModel(ModelServer server, PriceList prices, Limiter limiter, Patience patience) {
        this.server = server;
        this.wire = new AnthropicWire(server, patience.clock());
        this.prices = prices;
        this.limiter = limiter;
        this.patience = patience;
    }

    @Override
    public Answer ask(Prompt prompt) throws InterruptedException {
        var began = patience.clock().instant();
        var failedFirst = began;
        for (var attempt = 1;; attempt++) {
            switch (attempt(prompt)) {
                case Attempt.Ended ended -> {
                    return ended.answer();
                }
                case Attempt.Replied replied -> {
                    return answer(prompt, replied.whole(), began);
                }
                case Attempt.Failed failed -> {
                    failedFirst = attempt == 1 ? patience.clock().instant() : failedFirst;
                    switch (patience.after(failed.failure(), attempt, failedFirst)) {
                        case RetryRule.Step.GiveUp end -> {
                            return new Answer.Failed(end.failure(), failed.detail());
                        }
                        case RetryRule.Step.Wait wait -> await(wait.duration(), attempt, failed.detail());
                    }
                }
            }
        }
    }

    /**
     * Asks for one token, with the model that the work needs: a list of models or a count of tokens is free, so it passes while the
     * account may spend nothing, and not every server has one.
     */
    @Override
    public Probe probe(String model) throws InterruptedException {
        var nodes = JsonNodeFactory.instance;
        var ping = nodes.arrayNode().add(nodes.objectNode().put("type", "text").put("text", "ping"));
        var prompt = new Prompt(model, 1, "", nodes.arrayNode(), List.of(new Prompt.Message(Prompt.Role.USER, ping)));
        return switch (wire.exchange(prompt)) {
            case Exchange.Whole _,Exchange.TooLarge _ -> new Probe.Passed();
            case Exchange.Broken broken -> switch (FailureRule.classify(broken.fault()).failure()) {
                case WORKER_REFUSED -> new Probe.Refused(detail(broken.fault()));
                case UNAVAILABLE -> new Probe.Away(detail(broken.fault()));
                // Refused for its content, so the worker itself is welcome.
                case REFUSAL, CONTEXT_OVERFLOW, BAD_REQUEST, REPLY_TOO_LARGE -> new Probe.Passed();
            };
        };
    }

    @Override
    public void close() {
        wire.close();
    }

    private Attempt attempt(Prompt prompt) throws InterruptedException {
        return switch (limiter.enter(patience.retries().patience())) {
            case Limiter.Entry.TurnedAway _ -> new Attempt.Ended(new Answer.Failed(Answer.Failure.UNAVAILABLE,
                    "no call was let through for " + patience.retries().patience() + ": the model is overloaded"));
            case Limiter.Entry.Pass pass -> attempt(prompt, pass);
        };
    }

    private Attempt attempt(Prompt prompt, Limiter.Entry.Pass pass) throws InterruptedException {
        try {
            return switch (wire.exchange(prompt)) {
                case Exchange.Whole whole -> {
                    pass.leaveWell();
                    yield new Attempt.Replied(whole);
                }
                case Exchange.TooLarge _ -> {
                    pass.leaveWell();
                    yield new Attempt.Ended(new Answer.Failed(Answer.Failure.REPLY_TOO_LARGE,
                            "the reply is larger than " + AnthropicWire.LARGEST_REPLY + " bytes"));
                }
                case Exchange.Broken broken -> {
                    var failure = FailureRule.classify(broken.fault());
                    leave(pass, failure);
                    yield new Attempt.Failed(failure, detail(broken.fault()));
                }
            };
        } finally {
            pass.leave();
        }
    }

    private static void leave(Limiter.Entry.Pass pass, FailureClass failure) {
        switch (failure) {
            case FailureClass.Retry(var reach) when reach == Reach.EVERYBODY -> pass.leaveOverloaded(Optional.empty());
            case FailureClass.RetryAfter(var reach, var wait) when reach == Reach.EVERYBODY ->
                pass.leaveOverloaded(Optional.of(wait));
            case FailureClass.Retry _,FailureClass.RetryAfter _,FailureClass.ContextOverflow _,FailureClass.Refusal _,FailureClass.SpendLimit _,FailureClass.Fatal _ ->
                pass.leave();
        }
    }

    private Answer answer(Prompt prompt, Exchange.Whole whole, Instant began) {
        var reply = whole.reply();
        var failure = FailureRule.ofStop(reply.stopReason());
        if (failure.isPresent()) {
            return new Answer.Failed(failure.get().failure(), "the reply stopped with " + reply.stopReason());
        }
        var now = patience.clock().instant();
        var model = reply.model().isEmpty() ? prompt.model() : reply.model();
        var cost = prices.cost(model, reply.usage(), now.atZone(ZoneOffset.UTC).toLocalDate());
        return new Answer.Reply(whole.content(), reply.stopReason(), model, reply.usage(), cost.orElse(null),
                whole.requestId().isEmpty() ? null : whole.requestId(), Duration.between(began, now).toMillis());
    }

    private void await(Duration wait, int attempt, String detail) throws InterruptedException {
        LOG.warn("attempt {} to ask the model failed, the next follows in {} ms: {}", attempt, wait.toMillis(), detail);
        patience.pause().await(wait);
    }

    private String detail(Fault fault) {
        return server.withoutKey(switch (fault) {
            case Fault.Status status -> status.status() + " " + status.type() + ": " + status.message();
            case Fault.Stream stream -> stream.type() + " within the stream: " + stream.message();
            case Fault.Lost lost -> server.baseUrl() + ": " + lost.message();
        });
    }

    /** How failed calls are tried again; tests let its time pass at once. */
    public record Patience(RetryRule retries, InstantSource clock, Pause pause) {
        RetryRule.Step after(FailureClass failure, int attempt, Instant failedFirst) {
            return retries.next(failure, attempt, Duration.between(failedFirst, clock.instant()),
                    ThreadLocalRandom.current().nextDouble());
        }
    }

    private sealed interface Attempt {
        record Replied(Exchange.Whole whole) implements Attempt {}

        record Ended(Answer answer) implements Attempt {}

        record Failed(FailureClass failure, String detail) implements Attempt {}
    }
}
