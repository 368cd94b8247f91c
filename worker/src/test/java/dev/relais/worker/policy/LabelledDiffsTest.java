package dev.relais.worker.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import dev.relais.worker.persona.Language;
import dev.relais.worker.workspace.TextChange;

import static org.assertj.core.api.Assertions.assertThat;

/** How often the rules are wrong, over diffs that were labelled by hand. The figures stand in the README. */
class LabelledDiffsTest {
    private static final int LEAST = 120;

    private enum Label {
        SECRET,
        SENSITIVE,
        DATABASE,
        API
    }

    private record Case(String title, Set<Label> labels, List<TextChange> changes) {}

    private static final class Tally {
        private int labelled;
        private int others;
        private final List<String> misses = new ArrayList<>();
        private final List<String> alarms = new ArrayList<>();

        void count(Case one, Label label, boolean isRaised) {
            boolean isMeant = one.labels().contains(label);
            labelled += isMeant ? 1 : 0;
            others += isMeant ? 0 : 1;
            if (isMeant && !isRaised) {
                misses.add(one.title());
            } else if (!isMeant && isRaised) {
                alarms.add(one.title());
            }
        }
    }

    @Test
    void theRulesAreRightOftenEnoughToActOn() throws IOException {
        List<Case> cases = cases();
        var tallies = new EnumMap<Label, Tally>(Label.class);
        for (Label label : Label.values()) {
            var tally = new Tally();
            cases.forEach(one -> tally.count(one, label, raised(one).contains(label)));
            tallies.put(label, tally);
        }
        print(cases.size(), tallies);
        assertThat(cases).hasSizeGreaterThanOrEqualTo(LEAST);
        int misses = tallies.values().stream().mapToInt(tally -> tally.misses.size()).sum();
        int labelled = tallies.values().stream().mapToInt(tally -> tally.labelled).sum();
        int alarms = tallies.values().stream().mapToInt(tally -> tally.alarms.size()).sum();
        assertThat(100.0 * misses / labelled).as("misses, percent").isLessThanOrEqualTo(10);
        assertThat(100.0 * alarms / cases.size()).as("false alarms, percent").isLessThanOrEqualTo(4);
    }

    private static Set<Label> raised(Case one) {
        Inspection inspection = InspectionRule.of(one.changes(), Language.FRENCH);
        var raised = new TreeSet<Label>();
        if (!inspection.secrets().isEmpty()) {
            raised.add(Label.SECRET);
        }
        inspection.watched().forEach(watched -> raised.add(switch (watched.kind()) {
            case SENSITIVE -> Label.SENSITIVE;
            case DATABASE -> Label.DATABASE;
            case API_CONTRACT -> Label.API;
        }));
        return raised;
    }

    // The figures are what this test is for.
    @SuppressWarnings("SystemOut")
    private static void print(int cases, Map<Label, Tally> tallies) {
        System.out.println("labelled diffs: " + cases);
        tallies.forEach((label, tally) -> System.out.printf(Locale.ROOT,
                "%-9s labelled %2d, missed %d (%.1f %%) %s; others %d, false alarms %d (%.1f %%) %s%n", label, tally.labelled,
                tally.misses.size(), 100.0 * tally.misses.size() / tally.labelled, tally.misses, tally.others,
                tally.alarms.size(), 100.0 * tally.alarms.size() / tally.others, tally.alarms));
    }

    private static List<Case> cases() throws IOException {
        String text;
        try (InputStream in = Objects.requireNonNull(LabelledDiffsTest.class.getResourceAsStream("diffs.txt"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var cases = new ArrayList<Case>();
        String[] parts = ("\n" + text).split("\n=== ", -1);
        for (int i = 1; i < parts.length; i++) {
            cases.add(read(parts[i]));
        }
        return cases;
    }

    private static Case read(String part) {
        String head = part.substring(0, part.indexOf('\n'));
        int bar = head.lastIndexOf('|');
        var labels = new TreeSet<Label>();
        for (String label : head.substring(bar + 1).strip().split(" ", -1)) {
            if (!label.equals("none")) {
                labels.add(Label.valueOf(label.toUpperCase(Locale.ROOT)));
            }
        }
        var changes = new ArrayList<TextChange>();
        String[] files = part.substring(part.indexOf('\n')).split("\n--- ", -1);
        for (int i = 1; i < files.length; i++) {
            changes.add(change(files[i]));
        }
        return new Case(head.substring(0, bar).strip(), labels, changes);
    }

    private static TextChange change(String file) {
        var before = new StringBuilder();
        var after = new StringBuilder();
        file.lines().skip(1).forEach(line -> {
            char sign = line.isEmpty() ? ' ' : line.charAt(0);
            String text = Forged.in(line.isEmpty() ? "" : line.substring(1)) + "\n";
            if (sign != '+') {
                before.append(text);
            }
            if (sign != '-') {
                after.append(text);
            }
        });
        String change = before.isEmpty() ? TextChange.ADDED : after.isEmpty() ? TextChange.DELETED : "modified";
        return new TextChange(file.lines().findFirst().orElseThrow(), change, TextChange.Content.TEXT, before.toString(),
                after.toString());
    }
}
