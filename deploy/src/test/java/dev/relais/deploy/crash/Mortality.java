package dev.relais.deploy.crash;

import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;

import dev.relais.worker.Seams;
import dev.relais.worker.Worker;
import dev.relais.worker.model.Answer;
import dev.relais.worker.model.ModelClient;
import dev.relais.worker.model.ModelProbe;
import dev.relais.worker.model.Prompt;

/**
 * Death within one JVM, as the world around sees a process die: from that moment on nothing is written, polled, acknowledged or asked any more, and each
 * thread that tries to is interrupted. What the producer had sent before may still arrive, as after {@code kill -9}.
 */
final class Mortality {
    /** What a consumer or producer may still be asked for so that it goes away. */
    private static final Set<String> HARMLESS = Set.of("close", "wakeup", "toString", "hashCode", "equals");

    private final CountDownLatch death = new CountDownLatch(1);

    void die() {
        death.countDown();
    }

    boolean awaitDeath(long seconds) throws InterruptedException {
        return death.await(seconds, TimeUnit.SECONDS);
    }

    /** A worker's seams through which nothing passes after its death. */
    Seams around(Seams seams) {
        return new Seams(inbox -> mortal(ShareConsumer.class, seams.inbox().apply(inbox)),
                journal -> mortal(Producer.class, seams.journal().apply(journal)), seams.runs(), seams.workspaces(),
                (settings, prices) -> new MortalModel(Worker.messagesApi(settings, prices), this));
    }

    @SuppressWarnings("unchecked") // The proxy implements exactly this interface.
    private <T> T mortal(Class<? super T> type, T living) {
        return (T) Proxy.newProxyInstance(Mortality.class.getClassLoader(), new Class<?>[]{type}, (_, method, arguments) -> {
            if (!HARMLESS.contains(method.getName())) {
                requireLife();
            }
            return FusedInbox.forwarded(living, method, arguments);
        });
    }

    private void requireLife() {
        if (death.getCount() == 0) {
            throw new InterruptException("this worker is dead");
        }
    }

    /** Asks nothing after death. */
    private record MortalModel(ModelClient living, Mortality mortality) implements ModelClient {
        @Override
        public Answer ask(Prompt prompt) throws InterruptedException {
            if (mortality.death.getCount() == 0) {
                throw new InterruptedException("this worker is dead");
            }
            return living.ask(prompt);
        }

        @Override
        public ModelProbe.Probe probe(String model) throws InterruptedException {
            return living.probe(model);
        }

        @Override
        public void close() {
            living.close();
        }
    }
}
