package dev.relais.deploy.crash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.deploy.e2e.Topic.Message;
import dev.relais.deploy.playbook.Asked;

import static org.assertj.core.api.Assertions.assertThat;

/** I5: every model call of these tasks by the playbook's request log, beside what the journal holds. */
final class Calls {
    private final Map<String, Asked> byRequest = new HashMap<>();
    private final Map<String, List<Asked>> byState = new HashMap<>();
    private final List<Message> journal;
    private final List<Message> work;

    /**
     * @param journal the entries of the tasks
     * @param work their dispatches
     */
    Calls(Collection<Asked> asked, List<Message> journal, List<Message> work) {
        this.journal = journal;
        this.work = work;
        asked.stream().filter(Asked::isAnswered).forEach(call -> {
            byRequest.put(call.id(), call);
            byState.computeIfAbsent(call.messages(), _ -> new ArrayList<>()).add(call);
        });
    }

    /** An accepted reply stands among the offsets of a later dispatch: from that epoch's claim on, nobody asks for it again. */
    void askForNothingThatWasAccepted() {
        Map<String, Message> entries = journal.stream()
                .collect(Collectors.toMap(entry -> entry.partition() + "@" + entry.offset(), entry -> entry));
        Map<String, Long> claims = journal.stream().filter(entry -> entry.is("run.claimed"))
                .collect(Collectors.toMap(Calls::run, Message::appended, Math::min));
        var again = new TreeMap<String, String>();
        for (Message dispatch : work) {
            int partition = dispatch.data().path("journalPartition").asInt();
            String run = dispatch.key() + "/" + dispatch.data().path("epoch").asInt();
            long claimed = claims.getOrDefault(run, Long.MAX_VALUE);
            for (JsonNode offset : dispatch.data().path("offsets")) {
                Message entry = entries.get(partition + "@" + offset.asLong());
                if (entry != null && entry.is("model.replied") && isAskedAfter(entry, claimed)) {
                    again.put(run, entry.data().path("requestId").asText());
                }
            }
        }
        assertThat(again).as("I5: runs that asked for an accepted reply").isEmpty();
    }

    private boolean isAskedAfter(Message replied, long claimed) {
        Asked call = byRequest.get(replied.data().path("requestId").asText());
        return call != null && byState.getOrDefault(call.messages(), List.of()).stream()
                .anyMatch(other -> other.time().toEpochMilli() > claimed);
    }

    /** The call in flight is paid twice at most: one repeated call a lost epoch. @return how many were repeated */
    int repeatOneCallALostEpochAtMost() {
        Map<String, String> taskOf = new HashMap<>();
        journal.stream().filter(entry -> entry.is("model.replied")).forEach(entry -> {
            Asked call = byRequest.get(entry.data().path("requestId").asText());
            if (call != null) {
                taskOf.put(call.conversation(), entry.key());
            }
        });
        Map<String, Set<String>> epochs = journal.stream().filter(entry -> entry.is("run.claimed"))
                .collect(Collectors.groupingBy(Message::key, Collectors.mapping(Calls::run, Collectors.toSet())));
        var repeated = new TreeMap<String, Integer>();
        byState.values().stream().filter(calls -> calls.size() > 1 && taskOf.containsKey(calls.getFirst().conversation()))
                .forEach(calls -> repeated.merge(String.valueOf(taskOf.get(calls.getFirst().conversation())), calls.size() - 1,
                        Integer::sum));
        assertThat(repeated.entrySet().stream()
                .filter(entry -> entry.getValue() > epochs.getOrDefault(entry.getKey(), Set.of()).size() - 1).toList())
                .as("tasks with more repeated calls than lost epochs").isEmpty();
        return repeated.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String run(Message entry) {
        return entry.key() + "/" + entry.headers().get("epoch");
    }
}
