package dev.relais.schemas.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One receiver's copy of an escalation: {@code <parent>/<epoch>.<sequence>.<place>-<agent>} (rule 4). It is the CloudEvents id of the
 * inbox event and what an {@code answered} event names. The tool-use id is no part of it: models repeat those.
 */
public record ChildId(TaskId parent, Raised raised, AgentName receiver) {
    private static final Pattern SHAPE = Pattern.compile("([^/]+)/(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})-([a-z0-9-]+)");

    @JsonCreator
    public static ChildId parse(String text) {
        Matcher match = SHAPE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "a child id reads <task>/<epoch>.<sequence>.<place>-<agent>, not \"" + text + "\"");
        }
        var raised = new Raised(Integer.parseInt(match.group(2)), Integer.parseInt(match.group(3)),
                Integer.parseInt(match.group(4)));
        return new ChildId(new TaskId(match.group(1)), raised, new AgentName(match.group(5)));
    }

    @JsonValue
    @Override
    public String toString() {
        return parent + "/" + raised + "-" + receiver;
    }
}
