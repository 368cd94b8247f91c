package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;
import dev.relais.worker.workspace.TextChange;

/** A change that breaks clients of an API: in its OpenAPI document, in its GraphQL or protobuf schema, or by routes that are no longer there. */
final class ApiRule {
    private static final Pattern ROUTE = Pattern.compile(
            "(?i)(?:\\b(?:app|router|server|fastify|api|route|routes|bp|blueprint|[a-z]+_?router)|@[a-z_]*)\\.?(get|post|put|patch|delete|route)(?:mapping)?\\s*(?:<[^>]*>)?\\(\\s*(?:value\\s*=\\s*|path\\s*=\\s*)?[\"'`](/?[^\"'`]*)[\"'`]");
    private static final Pattern FIELD = Pattern.compile(
            "^(?:optional\\s+|repeated\\s+|required\\s+)?[\\w.<>, ]+\\s+\\w+\\s*=\\s*\\d+\\s*(?:\\[.*\\])?;|^rpc\\s+\\w+|^\\w+(?:\\([^)]*\\))?\\s*:\\s*\\[?\\w+[!\\]]*");

    private ApiRule() {}

    static List<Watched> in(List<TextChange> changes, Language language) {
        var found = new ArrayList<Watched>();
        for (TextChange change : changes) {
            FilePlace place = FilePlace.of(change.path());
            if (place == FilePlace.GENERATED) {
                continue;
            }
            // A directory of specifications is called spec as one of tests is.
            if (ApiContract.isOne(change)) {
                document(change, language, found);
            } else if (change.path().endsWith(".graphql") || change.path().endsWith(".graphqls")
                    || change.path().endsWith(".proto")) {
                schema(change, language, found);
            }
        }
        routes(changes, language, found);
        return found;
    }

    private static void document(TextChange change, Language language, List<Watched> found) {
        switch (ApiContract.compare(change.before(), change.after(), language)) {
            case ApiContract.Compared.Compatible _ -> {
            }
            case ApiContract.Compared.Breaking(List<String> what) ->
                found.add(watched(change.path(),
                        what.isEmpty()
                                ? language.say(Phrase.BREAKING)
                                : language.say(Phrase.BREAKING_IN, String.join(", ", what))));
            case ApiContract.Compared.Unreadable(String reason) ->
                found.add(watched(change.path(), language.say(Phrase.INCOMPARABLE, reason)));
        }
    }

    /** Of a schema in another language only what is taken away can break anybody. */
    private static void schema(TextChange change, Language language, List<Watched> found) {
        boolean isLess = LineDiff.of(change.before(), change.after()).removed().stream()
                .anyMatch(line -> FIELD.matcher(line).find());
        if (isLess) {
            found.add(watched(change.path(), language.say(Phrase.LESS_SCHEMA)));
        }
    }

    private static void routes(List<TextChange> changes, Language language, List<Watched> found) {
        Set<String> now = new LinkedHashSet<>();
        changes.forEach(change -> now.addAll(routes(change.after())));
        for (TextChange change : changes) {
            if (FilePlace.of(change.path()) != FilePlace.CODE) {
                continue;
            }
            Set<String> gone = routes(change.before());
            gone.removeAll(now);
            if (!gone.isEmpty()) {
                found.add(watched(change.path(),
                        language.say(Phrase.LESS_ROUTES, String.join(", ", gone.stream().limit(3).toList()))));
            }
        }
    }

    private static Set<String> routes(String text) {
        var routes = new LinkedHashSet<String>();
        text.lines().map(String::strip).filter(CodeLines::acts).forEach(line -> {
            Matcher match = ROUTE.matcher(line);
            while (match.find()) {
                routes.add(match.group(1).toUpperCase(Locale.ROOT) + " " + match.group(2));
            }
        });
        return routes;
    }

    private static Watched watched(String path, String what) {
        return new Watched(Watched.Kind.API_CONTRACT, path, what);
    }
}
