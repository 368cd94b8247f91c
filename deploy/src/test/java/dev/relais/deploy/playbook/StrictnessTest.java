package dev.relais.deploy.playbook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The playbook refuses what the API refuses, in its form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrictnessTest {
    private static final String CALLS = "{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'Read','input':{}},"
            + "{'type':'tool_use','id':'b','name':'Read','input':{}}]}";
    private static final String ASKED = "{'role':'user','content':'x'}";

    private final HttpClient client = HttpClient.newHttpClient();
    private Playbook playbook;

    @BeforeAll
    void start() throws Exception {
        playbook = Playbook.of(0, "any", "steps: [{name: any, reply: [{text: bien}]}]");
    }

    @AfterAll
    void stop() throws Exception {
        playbook.close();
        client.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "{'max_tokens':9,'messages':[U]}                                       | model: Field required",
            "{'model':'m','messages':[U]}                                          | max_tokens: Field required",
            "{'model':'m','max_tokens':0,'messages':[U]}                           | greater than or equal to 1",
            "{'model':'m','max_tokens':9}                                          | messages: Field required",
            "{'model':'m','max_tokens':9,'messages':[]}                            | at least one message",
            "{'model':'m','max_tokens':9,'messages':[U],'thread':1}                | thread: Extra inputs",
            "{'model':'m','max_tokens':9,'messages':[U],'tools':[{'name':'a b','input_schema':{'type':'object'}}]} | tools.0.name",
            "{'model':'m','max_tokens':9,'messages':[U],'tools':[{'name':'a'}]}    | tools.0.input_schema",
            "{'model':'m','max_tokens':9,'messages':[U],'tools':[{'name':'a','input_schema':{'type':'object'}},{'name':'a','input_schema':{'type':'object'}}]} | unique",
            "{'model':'m','max_tokens':9,'messages':[U],'system':[{'type':'text','text':''}]} | system: text content blocks must be non-empty",
            "[]                                                                    | not a JSON object",
            "{'model'                                                              | not valid JSON"})
    void requestThatLacksSomethingIsRefused(String body, String why) throws Exception {
        assertRefused(body.replace("U", ASKED), why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "{'role':'assistant','content':'x'}                                     | first message must use the \\\"user\\\" role",
            "{'role':'system','content':'x'}                                        | Input should be 'user' or 'assistant'",
            "U,U                                                                    | roles must alternate",
            "U,{'role':'assistant','content':'x'}                                   | must end with a user message",
            "{'role':'user','content':''}                                           | non-empty content",
            "{'role':'user','content':[]}                                           | non-empty content",
            "{'role':'user','content':[{'type':'text','text':' '}]}                 | non-whitespace text",
            "{'role':'user','content':[{'type':'tool_use','id':'a','name':'R','input':{}}]} | does not fit the role",
            "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'}]}   | unexpected `tool_use_id`",
            "U,C,U                                                                  | ids were found without `tool_result` blocks immediately after: a, b",
            "U,C,{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'}]} | immediately after: b",
            "U,C,{'role':'user','content':[{'type':'text','text':'x'},{'type':'tool_result','tool_use_id':'a'},{'type':'tool_result','tool_use_id':'b'}]} | immediately after: a, b",
            "U,C,{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'},{'type':'tool_result','tool_use_id':'c'}]} | unexpected `tool_use_id`",
            "U,C,{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'},{'type':'tool_result','tool_use_id':'a'},{'type':'tool_result','tool_use_id':'b'}]} | single result",
            "U,C,{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':[{'type':'text','text':''}]},{'type':'tool_result','tool_use_id':'b'}]} | tool_result.content",
            "U,{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'R','input':'{}'}]},U | valid dictionary",
            "U,{'role':'assistant','content':[{'type':'thinking','thinking':'x'}]},U | signature: Field required"})
    void messagesThatDoNotFitAreRefused(String messages, String why) throws Exception {
        assertRefused(request(messages), why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "U",
            "U,{'role':'assistant','content':'x'},U",
            "U,C,{'role':'user','content':[{'type':'tool_result','tool_use_id':'b'},{'type':'tool_result','tool_use_id':'a'}]}",
            "U,C,{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'},{'type':'tool_result','tool_use_id':'b'},{'type':'text','text':'et'}]}"})
    void messagesThatFitAreAnswered(String messages) throws Exception {
        assertThat(post("/v1/messages", request(messages), "x-api-key", "anthropic-version").statusCode()).isEqualTo(200);
    }

    @Test
    void fiveBreakpointsAreRefused() throws Exception {
        var text = "{'type':'text','text':'x','cache_control':{'type':'ephemeral'}}";
        assertRefused(request("{'role':'user','content':[" + String.join(",", List.of(text, text, text, text, text)) + "]}"),
                "maximum of 4 blocks");
    }

    @Test
    void errorsHaveTheApisForm() throws Exception {
        var answer = post("/v1/messages", "{}", "x-api-key", "anthropic-version");
        var body = read(answer);

        assertThat(body.path("type").asText()).isEqualTo("error");
        assertThat(body.path("error").path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(answer.headers().firstValue("request-id")).hasValue(body.path("request_id").asText());
    }

    @Test
    void keyAndVersionAreNeeded() throws Exception {
        assertThat(read(post("/v1/messages", request("U"), "anthropic-version")).path("error").path("type").asText())
                .isEqualTo("authentication_error");
        assertThat(read(post("/v1/messages", request("U"), "x-api-key")).path("error").path("message").asText())
                .contains("anthropic-version");
        assertThat(post("/v1/messages", request("U"), "Authorization", "anthropic-version").statusCode()).isEqualTo(200);
    }

    @Test
    void tokensAreCountedAndModelsListed() throws Exception {
        assertThat(read(
                post("/v1/messages/count_tokens", "{'model':'m','messages':[" + ASKED + "]}", "x-api-key", "anthropic-version"))
                .path("input_tokens").asLong()).isPositive();
        var models = get("/v1/models", "x-api-key", "anthropic-version");
        assertThat(read(models).path("data").get(0).path("type").asText()).isEqualTo("model");
        assertThat(get("/v1/models", "anthropic-version").statusCode()).isEqualTo(401);
        assertThat(get("/v2/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void wholeAnswersAreJsonWhereNoStreamIsAsked() throws Exception {
        var answer = read(post("/v1/messages", request("U"), "x-api-key", "anthropic-version"));

        assertThat(answer.path("content")).hasToString("[{\"type\":\"text\",\"text\":\"bien\"}]");
        assertThat(answer.path("usage").path("output_tokens").asLong()).isPositive();
        assertThat(get("/requests").body()).contains("\"step\":\"any\"");
    }

    private void assertRefused(String body, String why) throws Exception {
        var answer = post("/v1/messages", body, "x-api-key", "anthropic-version");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(read(answer).path("error").path("message").asText()).contains(why.replace("\\\"", "\""));
    }

    private static String request(String messages) {
        return "{'model':'m','max_tokens':9,'messages':["
                + messages.replace("U", ASKED).replace("C,{", CALLS + ",{").replace("C,U", CALLS) + "]}";
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(playbook.url() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        return client.send(with(request, headers), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(with(HttpRequest.newBuilder(URI.create(playbook.url() + path)), headers),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest with(HttpRequest.Builder request, String... headers) {
        for (var header : headers) {
            request.header(header, header.equals("Authorization") ? "Bearer k" : "2023-06-01");
        }
        return request.build();
    }

    private static JsonNode read(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
