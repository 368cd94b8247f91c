package dev.relais.worker.workspace;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;

/** Task and worker ids as names in paths, branches and refs (rule 8). Two ids never share a name. */
final class PathNames {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]");

    private PathNames() {}

    static String of(TaskId task) {
        return of(task.value());
    }

    /** Of one run: what a zombie writes carries its own epoch and worker, so that it overwrites nothing (rule 13). */
    static String of(int epoch, WorkerId worker) {
        return epoch + "-" + of(worker.value());
    }

    static String of(String id) {
        var name = new StringBuilder();
        for (int i = 0; i < id.length(); i++) {
            char each = id.charAt(i);
            boolean refused = !PLAIN.matcher(String.valueOf(each)).matches() || (each == '.' && isRefusedDot(id, i));
            if (refused) {
                for (byte code : String.valueOf(each).getBytes(StandardCharsets.UTF_8)) {
                    name.append(String.format("%%%02X", code));
                }
            } else {
                name.append(each);
            }
        }
        return name.toString();
    }

    private static boolean isRefusedDot(String id, int at) {
        boolean first = at == 0;
        boolean last = at == id.length() - 1;
        boolean beside = (!first && id.charAt(at - 1) == '.') || (!last && id.charAt(at + 1) == '.');
        return first || last || beside || id.substring(at).equals(".lock");
    }
}
