package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.relais.schemas.event.AgentName;
import dev.relais.worker.persona.Markdown.Kind;
import dev.relais.worker.persona.Markdown.Line;

/** Whom a persona asks in which situation: its own Markdown table, so that changing the Markdown changes the routes. */
public record RouteTable(List<Row> rows) {
    public RouteTable {
        rows = List.copyOf(rows);
    }

    /** @param receivers every agent that the row names, in its order */
    public record Row(String situation, List<AgentName> receivers) {
        public Row {
            receivers = List.copyOf(receivers);
        }
    }

    /** What the table says about a situation. */
    public sealed interface Receivers {}

    /**
     * @param agents every agent that the matching rows name, each once
     * @param row the situation as the table words it; of several rows, joined by " ; "
     */
    public record Named(List<AgentName> agents, String row) implements Receivers {
        public Named {
            agents = List.copyOf(agents);
        }
    }

    /** No row speaks of it. */
    public record Unnamed() implements Receivers {}

    public Receivers receiversFor(String situation) {
        List<Row> matching = SituationRule.matching(situation, rows);
        if (matching.isEmpty()) {
            return new Unnamed();
        }
        var agents = new LinkedHashSet<AgentName>();
        matching.forEach(row -> agents.addAll(row.receivers()));
        return new Named(List.copyOf(agents), String.join(" ; ", matching.stream().map(Row::situation).toList()));
    }

    /** Every agent that some row names, in the table's order. */
    public Set<AgentName> agents() {
        var agents = new LinkedHashSet<AgentName>();
        rows.forEach(row -> agents.addAll(row.receivers()));
        return agents;
    }

    /** The rows of each table whose first two columns are headed like "Situation" and "Escalade vers". */
    static RouteTable read(String body, Findings findings) {
        var rows = new ArrayList<Row>();
        boolean inTable = false;
        for (Line line : Markdown.lines(body)) {
            List<String> cells = line.kind() == Kind.PROSE ? Markdown.cells(line.text()) : List.of();
            if (cells.size() < 2) {
                inTable = false;
            } else if (isHead(cells)) {
                inTable = true;
            } else if (inTable && !isRuler(cells)) {
                row(cells, findings, rows);
            }
        }
        return new RouteTable(rows);
    }

    private static boolean isHead(List<String> cells) {
        return Words.fold(cells.get(0)).contains("situation") && Words.fold(cells.get(1)).contains("escalad");
    }

    private static boolean isRuler(List<String> cells) {
        return cells.stream().allMatch(cell -> cell.chars().allMatch(c -> c == '-' || c == ':' || c == ' '));
    }

    private static void row(List<String> cells, Findings findings, List<Row> rows) {
        String situation = cells.get(0).replace("**", "").replace("`", "").strip();
        var agents = new LinkedHashSet<AgentName>();
        for (String part : cells.get(1).split("[+,;/&]| et | puis ", -1)) {
            String slug = String.join("-", Words.of(part));
            if (!slug.isEmpty() && slug.length() <= 64 && slug.chars().allMatch(c -> c < 128)) {
                agents.add(new AgentName(slug));
            }
        }
        if (situation.isEmpty() || agents.isEmpty()) {
            findings.warn("a row of the escalation table names no agent, or no situation: " + String.join(" | ", cells));
            return;
        }
        rows.add(new Row(situation, List.copyOf(agents)));
    }
}
