package dev.relais.worker.anthropic;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.SocketFactory;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.errors.AnthropicIoException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's OkHttp transport, set up anew, because the SDK's own offers no socket option: it leaves Nagle's algorithm on, and each
 * request over 8 KiB then waits 40 ms for the acknowledgement of its first part.
 */
final class PromptHttpClient implements HttpClient {
    private static final Duration CONNECT = Duration.ofSeconds(30);

    /** A long reply may stream for long; what ends a dead call is silence. */
    private static final Duration WHOLE_CALL = Duration.ofHours(1);

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

    /** For each call OkHttp looks through a whole pool for a connection that is free: with thousands in use that was an eighth of the worker's CPU. */
    private static final int LARGEST_POOL = 256;

    private final List<Pool> pools;

    /** @param connections kept for later calls */
    PromptHttpClient(int connections, Duration silence) {
        this(connections, LARGEST_POOL, silence);
    }

    PromptHttpClient(int connections, int largestPool, Duration silence) {
        int count = Math.ceilDiv(connections, largestPool);
        int each = Math.ceilDiv(connections, count);
        OkHttpClient common = client(silence);
        this.pools = IntStream.range(0, count).mapToObj(_ -> Pool.of(common, each)).toList();
    }

    private static OkHttpClient client(Duration silence) {
        return new OkHttpClient.Builder()
                .socketFactory(new PromptSocketFactory())
                // One call a connection: an interrupted one closes its own and no other's.
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(CONNECT)
                .readTimeout(silence)
                .writeTimeout(silence)
                .callTimeout(WHOLE_CALL)
                .build();
    }

    /** The first one with room: what few calls leave, the next ones find. */
    private OkHttpClient next() {
        return pools.stream().filter(Pool::hasRoom).findFirst().orElse(pools.getLast()).client();
    }

    /** All differ in their connections alone. */
    private record Pool(OkHttpClient client, int connections, AtomicInteger inUse) {
        static Pool of(OkHttpClient common, int connections) {
            var inUse = new AtomicInteger();
            var client = common.newBuilder()
                    .connectionPool(new ConnectionPool(connections, KEEP_ALIVE.toMinutes(), TimeUnit.MINUTES))
                    .eventListener(new Counting(inUse))
                    .build();
            return new Pool(client, connections, inUse);
        }

        boolean hasRoom() {
            return inUse.get() < connections;
        }
    }

    /** A call ends once: with its body, or with its fault. */
    private static final class Counting extends EventListener {
        private final AtomicInteger inUse;

        private Counting(AtomicInteger inUse) {
            this.inUse = inUse;
        }

        @Override
        public void callStart(Call call) {
            inUse.incrementAndGet();
        }

        @Override
        public void callEnd(Call call) {
            inUse.decrementAndGet();
        }

        @Override
        public void callFailed(Call call, IOException fault) {
            inUse.decrementAndGet();
        }
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        // Before there is a call: a request that cannot be written is a defect, and no lost connection that another attempt might not lose.
        var body = written(request);
        var call = new Request.Builder().url(request.url()).method(request.method().name(), body);
        for (var name : request.headers().names()) {
            request.headers().values(name).forEach(value -> call.addHeader(name, value));
        }
        try {
            return new Answered(next().newCall(call.build()).execute());
        } catch (IOException lost) {
            throw new AnthropicIoException("Request failed", lost);
        }
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("the worker's calls block, on virtual threads"));
    }

    @Override
    public void close() {
        pools.getFirst().client().dispatcher().executorService().shutdown();
        pools.forEach(pool -> pool.client().connectionPool().evictAll());
    }

    /** The SDK writes a body's JSON when it is asked for its length, and throws Jackson's exceptions, which are of I/O, undeclared. */
    private static @Nullable RequestBody written(HttpRequest request) {
        try {
            return request.body().<RequestBody>map(Body::new).orElse(null);
        } catch (Exception defect) {
            throw new IllegalStateException("the request to the model cannot be written", defect);
        }
    }

    /** Sent once: what may have reached the server is not sent again behind the limiter's back. */
    private static final class Body extends RequestBody {
        private final HttpRequestBody body;
        private final long length;

        private Body(HttpRequestBody body) {
            this.body = body;
            this.length = body.contentLength();
        }

        @Override
        public @Nullable MediaType contentType() {
            return Optional.ofNullable(body.contentType()).map(MediaType::parse).orElse(null);
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) {
            body.writeTo(sink.outputStream());
        }
    }

    private record Answered(Response response) implements HttpResponse {
        @Override
        public int statusCode() {
            return response.code();
        }

        @Override
        public Headers headers() {
            var headers = Headers.builder();
            response.headers().toMultimap().forEach(headers::put);
            return headers.build();
        }

        @Override
        public InputStream body() {
            var body = response.body();
            return body == null ? InputStream.nullInputStream() : body.byteStream();
        }

        @Override
        public void close() {
            response.close();
        }
    }

    /** Sockets that send what they have. */
    private static final class PromptSocketFactory extends SocketFactory {
        private final SocketFactory sockets = SocketFactory.getDefault();

        @Override
        public Socket createSocket() throws IOException {
            return prompt(sockets.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return prompt(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return prompt(sockets.createSocket(host, port, localHost, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return prompt(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
            return prompt(sockets.createSocket(host, port, localHost, localPort));
        }

        private static Socket prompt(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            return socket;
        }
    }
}
