package dev.relais.worker.regex;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.worker.regex.TextPattern.Span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(120)
class TextPatternTest {
    private static final String[] PIECES = {"a", "b", "é", "É", "Z", "ß", "\\w", "\\W", "\\d", "\\s", "\\b", "\\B", "^", "$", ".",
            "[a-c]", "[^é]",
            "[\\wZ]", "(?:", ")", "|", "*", "+", "?", "{2}", "{1,2}", "(?:a|é)", " ", "_", "-", "Zé", "🙂"};
    private static final String[] TEXTS = {"", "a", "é", "Zé", "éZ", "aé b", "été à Zoé", "a-b_c é", "ZZé ZéZ", "  a  ", "éZ-",
            "bbb aab", "É ß",
            "٣é", "-é-", "_é_", "e\u0301a", "Z", "ZaéZ"};

    private static Optional<TextPattern> read(String pattern) {
        return TextPattern.read(pattern, new TextPattern.Options(false, false)) instanceof TextPattern.Read.Usable usable
                ? Optional.of(usable.pattern())
                : Optional.empty();
    }

    private static TextPattern usable(String pattern) {
        return read(pattern).orElseThrow();
    }

    /** The platform's expressions backtrack, but mean the same. */
    @Test
    void whatMatchesIsWhatThePlatformFinds() {
        var random = new Random(6);
        int compared = 0;
        for (int round = 0; round < 2_000; round++) {
            var pattern = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                pattern.append(PIECES[random.nextInt(PIECES.length)]);
            }
            Optional<Pattern> platform = theirs(pattern.toString());
            Optional<TextPattern> read = read(pattern.toString());
            if (platform.isEmpty() || read.isEmpty()) {
                continue;
            }
            Pattern theirs = platform.get();
            TextPattern ours = read.get();
            compared++;
            for (String text : TEXTS) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                List<Span> spans = ours.spans(text, Patience.ENDLESS);
                Matcher matcher = theirs.matcher(text);
                boolean found = matcher.find();
                assertThat(ours.automaton(Patience.ENDLESS).find(bytes, 0, bytes.length) >= 0).as("%s in \"%s\"", pattern, text)
                        .isEqualTo(found);
                assertThat(!spans.isEmpty()).as("%s in \"%s\"", pattern, text).isEqualTo(found);
                if (found) {
                    assertThat(spans.getFirst()).as("%s in \"%s\"", pattern, text)
                            .isEqualTo(new Span(matcher.start(), matcher.end()));
                    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).as("%s in \"%s\"", pattern, text)
                            .contains(ours.literal());
                }
            }
        }
        assertThat(compared).isGreaterThan(300);
    }

    private static Optional<Pattern> theirs(String pattern) {
        // A possessive repetition, and one of a place, is another thing there.
        if (pattern.matches(".*(?:[*+?}][*+?{]|(?:\\^|\\$|\\\\[bB])[*+?{]|\\(\\?:[*+?{|)]|\\|[*+?{]).*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(pattern.replace("$", "\\z"), Pattern.UNICODE_CHARACTER_CLASS));
        } catch (java.util.regex.PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a*)*b", "(a|a)*b", "(a|aa)+$", "(.*)(.*)(.*)(.*)b", "a{0,500}a{500}b", "(a|b)*a(a|b){200}c",
            "(?i)(é|É)*x", "\\b(\\w+\\s*)*\\bx"})
    void timeIsLinearWhateverThePattern(String pattern) {
        byte[] text = "ab".repeat(100_000).replace("b", "a").getBytes(StandardCharsets.UTF_8);
        assertThat(usable(pattern).automaton(Patience.ENDLESS).find(text, 0,
                pattern.contains("500") || pattern.contains("200") ? 5_000 : text.length))
                .isIn(-1, text.length, 0, 1);
    }

    @Test
    void patienceEndsAMatchThatTakesLong() {
        var over = new IllegalStateException("over");
        Patience none = () -> {
            throw over;
        };
        var random = new Random(2);
        var mixed = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            mixed.append(random.nextBoolean() ? 'a' : 'b');
        }
        String text = "a".repeat(100_000);
        assertThatThrownBy(() -> usable("(a*)*b").spans(text, none)).isSameAs(over);
        assertThatThrownBy(() -> usable("(a|b)*a(a|b){900}c").automaton(none)
                .find(mixed.toString().getBytes(StandardCharsets.UTF_8), 0, 50_000))
                .isSameAs(over);
    }

    @Test
    void statesAreForgottenBeforeTheyFillTheMemory() {
        var random = new Random(1);
        var text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append(random.nextBoolean() ? 'a' : 'b');
        }
        byte[] bytes = text.append("aaaaaaaaaaaaaaaaaac").toString().getBytes(StandardCharsets.UTF_8);
        assertThat(usable("a[ab]{16}c").automaton(Patience.ENDLESS).find(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    }
}
