package dev.relais.worker.compiled;

import java.util.List;
import java.util.stream.IntStream;

import dev.relais.worker.compiled.CompiledPersona.Mode;

/** The three validation modes: what the file says of each, and what the coordinator does. */
final class ModeReader {
    private ModeReader() {}

    static List<Mode> modes(Prose prose) {
        return IntStream.rangeClosed(1, 3).mapToObj(mode -> new Mode(mode, text(prose, mode), effect(mode))).toList();
    }

    private static String text(Prose prose, int mode) {
        return prose.where(section -> section.isAbout(" validation ")).stream().flatMap(section -> section.points().stream())
                .filter(point -> point.name().startsWith("Mode " + mode)).map(Prose.Point::whole).findFirst().orElse("");
    }

    private static String effect(int mode) {
        return switch (mode) {
            case 1 -> "the deliverable waits for a verdict; whoever chooses no mode has this one";
            case 2 -> "the deliverable is published at once";
            default -> "the deliverable is published at once: a specialised agent goes on by itself";
        };
    }
}
