package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.util.OpenAPIDeserializer;
import org.openapitools.openapidiff.core.compare.OpenApiDiff;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import dev.relais.schemas.wire.Json;
import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;
import dev.relais.worker.workspace.TextChange;

/**
 * Compares two versions of an OpenAPI 3 document by openapi-diff. The text is parsed here and no reference is followed out of it: a file that a model
 * wrote may name any address.
 */
final class ApiContract {
    private static final Pattern NAME = Pattern.compile("(?i)(?:^|[/._-])(?:openapi|swagger|api-?spec)[^/]*\\.(?:ya?ml|json)$");
    private static final Pattern HEAD = Pattern.compile("(?m)^\\s{0,4}[\"']?(?:openapi|swagger)[\"']?\\s*:\\s*[\"']?[23]\\.");
    /** An alias that is used within what it names doubles it each time. */
    private static final LoadSettings YAML = LoadSettings.builder().setMaxAliasesForCollections(10).build();
    private static final int MOST_NAMED = 5;

    private ApiContract() {}

    /** What comparing came to. */
    sealed interface Compared {
        /** Clients of the version before go on as they did. */
        record Compatible() implements Compared {}

        /** @param what operations, as "GET /carts" */
        record Breaking(List<String> what) implements Compared {
            public Breaking {
                what = List.copyOf(what);
            }
        }

        record Unreadable(String reason) implements Compared {}
    }

    static boolean isOne(TextChange change) {
        return NAME.matcher(change.path()).find() || isHeaded(change.path(), change.before())
                || isHeaded(change.path(), change.after());
    }

    private static boolean isHeaded(String path, String text) {
        boolean isData = path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json");
        return isData && HEAD.matcher(text.substring(0, Math.min(text.length(), 2_000))).find();
    }

    static Compared compare(String before, String after, Language language) {
        if (before.isBlank()) {
            return new Compared.Compatible();
        }
        if (after.isBlank()) {
            return new Compared.Breaking(List.of(language.say(Phrase.WHOLE_CONTRACT)));
        }
        try {
            JsonNode was = tree(before);
            JsonNode is = tree(after);
            ChangedOpenApi diff = OpenApiDiff.compare(parsed(was), parsed(is), OpenApiDiffOptions.builder().build());
            return differences(diff, ApiFields.lost(was, is, language), language);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever a document's oddities do to the library, the change is one to look at and no reason to end the run.
            return new Compared.Unreadable(e.getClass().getSimpleName());
        }
    }

    private static Compared differences(ChangedOpenApi diff, List<String> lost, Language language) {
        if (!diff.isIncompatible() && lost.isEmpty()) {
            return new Compared.Compatible();
        }
        var what = new ArrayList<String>();
        diff.getMissingEndpoints().forEach(
                gone -> what.add(language.say(Phrase.OPERATION_GONE, gone.getMethod() + " " + gone.getPathUrl())));
        for (ChangedOperation operation : diff.getChangedOperations()) {
            if (operation.isIncompatible()) {
                what.add(language.say(Phrase.OPERATION_CHANGED, operation.getHttpMethod() + " " + operation.getPathUrl()));
            }
        }
        what.addAll(lost);
        return new Compared.Breaking(what.subList(0, Math.min(MOST_NAMED, what.size())));
    }

    private static JsonNode tree(String text) {
        return Json.mapper().valueToTree(new Load(YAML).loadFromString(text));
    }

    private static OpenAPI parsed(JsonNode tree) {
        OpenAPI api = new OpenAPIDeserializer().deserialize(tree).getOpenAPI();
        if (api == null || api.getPaths() == null) {
            throw new IllegalArgumentException("no OpenAPI 3 document with paths");
        }
        return api;
    }
}
