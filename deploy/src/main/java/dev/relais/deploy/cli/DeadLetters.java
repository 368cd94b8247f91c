package dev.relais.deploy.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.schemas.event.DeadLetter;

/** Records that could not be used, with their reasons. */
@Command(name = "dead-letters", description = "Lists and shows what could not be used, and why.", subcommands = {
        DeadLetters.Listing.class,
        DeadLetters.Showing.class})
final class DeadLetters {
    /** @param number the offset on the topic, which has one partition */
    record Numbered(long number, Instant time, DeadLetter letter) {}

    static List<Numbered> all(Link link) {
        var letters = new ArrayList<Numbered>();
        link.reader().fromBeginning(TopicReader.all(link.topics().deadLetters(), 1)).toEnd(seen -> {
            if (seen.data() instanceof DeadLetter letter) {
                letters.add(new Numbered(seen.offset(), Instant.ofEpochMilli(seen.timestamp()), letter));
            }
        });
        return letters;
    }

    /** Lists them. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists dead letters, the oldest first.", footer = {
            "%nExamples:",
            "  relais dead-letters list --reason conflict"})
    static final class Listing implements Callable<Integer> {
        @Mixin
        private Connection connection = new Connection();
        @Spec
        private CommandSpec spec = CommandSpec.create();
        @Option(names = "--reason", paramLabel = "CODE", description = "Only this reason.")
        private @Nullable String reason;
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var screen = Screen.of(spec);
            try (Link link = connection.open()) {
                var letters = all(link).stream().filter(each -> reason == null || reason.equals(each.letter().reason())).toList();
                if (json) {
                    screen.json(letters);
                } else {
                    screen.table(List.of("NUMBER", "TIME", "REASON", "TASK OR KEY", "WHERE", "DETAIL"),
                            letters.stream().map(Listing::row).toList());
                }
                return ExitCode.OK.value();
            }
        }

        private static List<String> row(Numbered each) {
            DeadLetter letter = each.letter();
            String about = letter.taskId() == null ? String.valueOf(letter.key()) : letter.taskId().value();
            return List.of(Long.toString(each.number()), each.time().truncatedTo(ChronoUnit.SECONDS).toString(), letter.reason(),
                    Screen.oneLine(about, 40), letter.where() == null ? "" : Screen.oneLine(letter.where(), 30),
                    Screen.oneLine(letter.detail(), 100));
        }
    }

    /** Shows one whole. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a dead letter: reason, place, headers, value.", footer = {
            "%nExamples:",
            "  relais dead-letters show 3"})
    static final class Showing implements Callable<Integer> {
        @Mixin
        private Connection connection = new Connection();
        @Spec
        private CommandSpec spec = CommandSpec.create();
        @Parameters(paramLabel = "NUMBER", description = "As dead-letters list shows it.")
        private long number;
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var screen = Screen.of(spec);
            try (Link link = connection.open()) {
                var found = all(link).stream().filter(each -> each.number() == number).findFirst()
                        .orElseThrow(() -> new Failure(ExitCode.NOT_FOUND,
                                "there is no dead letter " + number + "; `relais dead-letters list` shows all"));
                if (json) {
                    screen.json(found);
                } else {
                    show(screen, found.letter());
                }
                return ExitCode.OK.value();
            }
        }

        private static void show(Screen screen, DeadLetter letter) {
            screen.line(screen.tinted(Tint.BAD, letter.reason())
                    + (letter.where() == null ? "" : " at " + Screen.oneLine(letter.where(), 200)));
            screen.line("  " + Screen.plain(letter.detail()));
            screen.line(
                    "  from " + letter.topic() + ", partition " + letter.partition() + ", offset " + letter.offset() + ", key "
                            + Screen.oneLine(String.valueOf(letter.key()), 200));
            screen.line("  " + (letter.redrivable() ? "may be sent again once its cause is mended" : "cannot be sent again"));
            letter.headers()
                    .forEach((name, value) -> screen.line("  " + Screen.oneLine(name, 80) + ": " + Screen.oneLine(value, 200)));
            String value = letter.value();
            if (value != null) {
                screen.line("");
                screen.line(Screen.plain(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                        + (letter.truncated() ? " … (cut)" : ""));
            }
        }
    }
}
