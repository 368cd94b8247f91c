package dev.relais.coordinator.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.relais.coordinator.health.HealthEndpoint.Probe;

import static org.assertj.core.api.Assertions.assertThat;

final class HealthEndpointTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Probe live = new Probe.Up();
    private Probe ready = new Probe.Up();
    private final HealthEndpoint endpoint = HealthEndpoint.start(0, registry, () -> live, () -> ready);
    private final HttpClient client = HttpClient.newHttpClient();

    HealthEndpointTest() throws IOException {}

    @AfterEach
    void stop() {
        endpoint.close();
        client.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + endpoint.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void metricsAreInPrometheusText() throws IOException, InterruptedException {
        registry.counter("relais.coordinator.lease.expired").increment();
        assertThat(get("/metrics").body()).contains("relais_coordinator_lease_expired_total 1.0");
    }

    @Test
    void probesSayWhyTheyAreDown() throws IOException, InterruptedException {
        ready = new Probe.Down("streams: REBALANCING");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        var response = get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("streams: REBALANCING\n");
    }

    @Test
    void otherPathsAreNotFound() throws IOException, InterruptedException {
        assertThat(get("/").statusCode()).isEqualTo(404);
    }
}
