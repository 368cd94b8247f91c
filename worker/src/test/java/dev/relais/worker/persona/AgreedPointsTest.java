package dev.relais.worker.persona;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The shipped persona says every point that is agreed, in its section, and nothing more; that each point is looked for is tried on the text without it. */
class AgreedPointsTest {
    private static final String TEXT = Personas.shipped().systemText();

    /** @param words all in one line of the section */
    record Point(String heading, List<String> words) {
        boolean isIn(String text) {
            return line(text) >= 0;
        }

        int line(String text) {
            List<String> lines = text.lines().toList();
            int at = lines.indexOf(heading);
            for (int i = at + 1; at >= 0 && i < lines.size() && !lines.get(i).startsWith("#"); i++) {
                if (words.stream().allMatch(lines.get(i)::contains)) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public String toString() {
            return heading + " : " + String.join(", ", words);
        }
    }

    static List<Point> points() throws IOException {
        try (InputStream in = AgreedPointsTest.class.getResourceAsStream("agreed-points.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            var points = new ArrayList<Point>();
            String heading = "";
            for (String line : text.lines().skip(1).toList()) {
                if (line.startsWith("#")) {
                    heading = line;
                } else {
                    points.add(new Point(heading, List.of(line.split("; ", -1))));
                }
            }
            return points;
        }
    }

    @ParameterizedTest
    @MethodSource("points")
    void itSaysThePointAndWithoutItsLineItWouldNot(Point point) {
        assertThat(point.isIn(TEXT)).isTrue();
        List<String> lines = TEXT.lines().toList();
        String said = lines.get(point.line(TEXT));
        String without = String.join("\n", lines.stream().filter(line -> !line.equals(said)).toList());
        assertThat(point.isIn(without)).isFalse();
    }

    @Test
    void everyItemIsOneOfThePoints() throws IOException {
        List<Point> points = points();
        assertThat(TEXT.lines().filter(line -> line.startsWith("- ") || line.matches("\\d\\. .*")))
                .allMatch(item -> points.stream().anyMatch(point -> point.words().stream().allMatch(item::contains)));
    }
}
