package dev.relais.worker.regex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The named sets of characters, of the Unicode version that this Java has. Each is made once, when first asked for. */
final class Unicode {
    private static final int DOTTED_CAPITAL_I = 0x130;
    private static final int DOTLESS_I = 0x131;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final Map<String, Optional<CodePoints>> PROPERTIES = new ConcurrentHashMap<>();
    private static final Map<String, String> CATEGORIES = Map.ofEntries(Map.entry("letter", "L"),
            Map.entry("uppercaseletter", "Lu"),
            Map.entry("lowercaseletter", "Ll"), Map.entry("titlecaseletter", "Lt"), Map.entry("modifierletter", "Lm"),
            Map.entry("otherletter", "Lo"), Map.entry("mark", "M"), Map.entry("number", "N"), Map.entry("decimalnumber", "Nd"),
            Map.entry("digit", "Nd"), Map.entry("letternumber", "Nl"), Map.entry("othernumber", "No"),
            Map.entry("punctuation", "P"), Map.entry("punct", "P"), Map.entry("symbol", "S"), Map.entry("mathsymbol", "Sm"),
            Map.entry("currencysymbol", "Sc"), Map.entry("separator", "Z"), Map.entry("spaceseparator", "Zs"),
            Map.entry("other", "C"), Map.entry("control", "Cc"), Map.entry("any", "ALL"));

    private Unicode() {}

    private static final class Word {
        static final CodePoints SET = CodePoints.where(Unicode::isWord);
    }

    private static final class Digit {
        static final CodePoints SET = CodePoints.where(point -> Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER);
    }

    private static final class Space {
        static final CodePoints SET = CodePoints.of("\t\n\u000B\f\r \u0085\u00A0\u1680\u2028\u2029\u202F\u205F\u3000")
                .or(CodePoints.range(0x2000, 0x200A));
    }

    /** Characters that fold to the same one, side by side: of each group all members stand under each member. */
    private static final class Folding {
        static final Map<Integer, int[]> GROUPS = groups();

        private static Map<Integer, int[]> groups() {
            var byKey = new HashMap<Integer, int[]>();
            for (int point = 0; point <= CodePoints.LAST; point++) {
                int key = key(point);
                if (key != point) {
                    int[] before = byKey.getOrDefault(key, new int[]{key});
                    int[] now = Arrays.copyOf(before, before.length + 1);
                    now[before.length] = point;
                    byKey.put(key, now);
                }
            }
            var byMember = new HashMap<Integer, int[]>();
            byKey.values().forEach(group -> Arrays.stream(group).forEach(member -> byMember.put(member, group)));
            return byMember;
        }

        /** The two Turkish letters fold to themselves, as Unicode's simple folding has it. */
        private static int key(int point) {
            return point == DOTTED_CAPITAL_I || point == DOTLESS_I
                    ? point
                    : Character.toLowerCase(Character.toUpperCase(point));
        }
    }

    /** Letters, marks, decimal digits, connectors: what ripgrep's {@code \w} matches. */
    static CodePoints word() {
        return Word.SET;
    }

    static CodePoints digit() {
        return Digit.SET;
    }

    static CodePoints space() {
        return Space.SET;
    }

    private static boolean isWord(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER, Character.CONNECTOR_PUNCTUATION ->
                true;
            default -> Character.isAlphabetic(point) || point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER;
        };
    }

    /** The set with every character that differs from one of it in case alone. */
    static CodePoints folded(CodePoints set) {
        CodePoints all = set;
        if (set.size() > Folding.GROUPS.size()) {
            for (Map.Entry<Integer, int[]> each : Folding.GROUPS.entrySet()) {
                all = set.contains(each.getKey()) ? withAll(all, each.getValue()) : all;
            }
            return all;
        }
        for (int[] range : set.ranges()) {
            for (int point = range[0]; point <= range[1]; point++) {
                int[] group = Folding.GROUPS.get(point);
                all = group == null ? all : withAll(all, group);
            }
        }
        return all;
    }

    private static CodePoints withAll(CodePoints set, int[] group) {
        CodePoints all = set;
        for (int point : group) {
            all = all.contains(point) ? all : all.or(CodePoints.of(point));
        }
        return all;
    }

    /** A general category, script or property: {@code L}, {@code Letter}, {@code Greek}, {@code sc=Greek}, {@code Alphabetic}. */
    static Optional<CodePoints> property(String name) {
        return PROPERTIES.size() > 200 ? made(name) : PROPERTIES.computeIfAbsent(name, Unicode::made);
    }

    private static Optional<CodePoints> made(String name) {
        String bare = name.substring(name.indexOf('=') + 1);
        String plain = bare.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
        String category = CATEGORIES.getOrDefault(plain, bare);
        if (category.equals("ALL")) {
            return Optional.of(CodePoints.ALL);
        }
        for (String candidate : new String[]{category, "Is" + bare, "Is" + plain}) {
            Optional<Pattern> found = candidate.matches("[A-Za-z_]{1,40}") && !candidate.startsWith("java")
                    ? compiled(candidate)
                    : Optional.empty();
            if (found.isPresent()) {
                Predicate<String> one = found.get().asMatchPredicate();
                return Optional.of(CodePoints.where(point -> one.test(Character.toString(point))));
            }
        }
        return Optional.empty();
    }

    private static Optional<Pattern> compiled(String property) {
        try {
            return Optional.of(Pattern.compile("\\p{" + property + "}"));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }
}
