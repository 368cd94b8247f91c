package dev.relais.deploy.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;

/** The inbox's consumer: work that was polled is before its claim, an acknowledgement that is asked for is after it. */
final class FusedInbox implements InvocationHandler {
    private final ShareConsumer<byte[], byte[]> inbox;
    private final Fuse fuse;

    private FusedInbox(ShareConsumer<byte[], byte[]> inbox, Fuse fuse) {
        this.inbox = inbox;
        this.fuse = fuse;
    }

    @SuppressWarnings("unchecked") // The proxy implements exactly this interface.
    static ShareConsumer<byte[], byte[]> of(ShareConsumer<byte[], byte[]> inbox, Fuse fuse) {
        return (ShareConsumer<byte[], byte[]>) Proxy.newProxyInstance(FusedInbox.class.getClassLoader(),
                new Class<?>[]{ShareConsumer.class}, new FusedInbox(inbox, fuse));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("acknowledge")) {
            fuse.pass(CrashPoint.CLAIMED_NOT_ACKNOWLEDGED);
        }
        Object result = forwarded(inbox, method, arguments);
        if (result instanceof ConsumerRecords<?, ?> records) {
            for (int i = 0; i < records.count(); i++) {
                fuse.pass(CrashPoint.BEFORE_CLAIM);
            }
        }
        return result;
    }

    /** What the method throws itself, not wrapped. */
    static @Nullable Object forwarded(Object to, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(to, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
