package dev.relais.deploy.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.relais.deploy.bench.Figure;
import dev.relais.deploy.bench.Machine;
import dev.relais.deploy.bench.Spread;
import dev.relais.deploy.bench.Target;
import dev.relais.deploy.bench.Told;
import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.schemas.wire.Json;

/** Shows figures as they come: progress beside, a JSON line each, a table at the end. */
final class BenchTable implements Told {
    private final Screen screen;
    private final Machine machine;
    private final Path json;
    private final List<Figure> figures = new ArrayList<>();

    BenchTable(Screen screen, Machine machine, Path json) throws IOException {
        this.screen = screen;
        this.machine = machine;
        this.json = json;
        Files.writeString(json, "");
        screen.line("machine: " + machine);
    }

    @Override
    public void progress(String what) {
        screen.remark(screen.tinted(Tint.FAINT, "… " + what));
    }

    /** One line of the file. */
    record Line(String part, String what, double median, double least, double most, int count, String unit, String target,
            String verdict, Machine machine) {}

    @Override
    public void figure(Figure figure) {
        figures.add(figure);
        Spread spread = figure.spread();
        var line = new Line(name(figure), figure.what(), spread.median(), spread.least(), spread.most(), spread.count(),
                figure.unit(), target(figure.target()), figure.verdict().name().toLowerCase(Locale.ROOT), machine);
        try {
            Files.writeString(json, Json.mapper().writeValueAsString(line) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("figures cannot be written to " + json, e);
        }
    }

    void print() {
        screen.table(List.of("PART", "WHAT", "MEDIAN", "SPREAD", "UNIT", "TARGET", ""),
                figures.stream().map(this::row).toList());
    }

    /** Whether a target was missed. */
    boolean hasMissed() {
        return figures.stream().anyMatch(figure -> figure.verdict() == Target.Verdict.MISSED);
    }

    private List<String> row(Figure figure) {
        Spread spread = figure.spread();
        String spans = spread.count() == 1 ? "" : number(spread.least()) + " - " + number(spread.most());
        String verdict = switch (figure.verdict()) {
            case MET -> screen.tinted(Tint.GOOD, "met");
            case MISSED -> screen.tinted(Tint.BAD, "missed");
            case NONE -> "";
        };
        return List.of(name(figure), figure.what(), number(spread.median()), spans, figure.unit(), target(figure.target()),
                verdict);
    }

    private static String name(Figure figure) {
        return figure.part().name().toLowerCase(Locale.ROOT);
    }

    static String target(Target target) {
        return switch (target) {
            case Target.AtLeast(double value) -> "≥ " + number(value);
            case Target.AtMost(double value) -> "≤ " + number(value);
            case Target.None _ -> "";
        };
    }

    /** Three digits that say something. */
    static String number(double value) {
        if (Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
