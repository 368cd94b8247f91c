package dev.relais.worker.regex;

/** What a backslash stands before, where that is a character or a set of them. */
final class EscapeReader {
    private static final CodePoints ASCII = CodePoints.range(0, 127);
    private static final String PUNCTUATION = "\\.+*?()|[]{}^$#&-~/\"'`!%,:;=@_ ";

    private final Scanner in;
    private final Flags flags;

    EscapeReader(Scanner in, Flags flags) {
        this.in = in;
        this.flags = flags;
    }

    /** @param from where the backslash stands, which has been read */
    CodePoints read(int from) throws Fault {
        int kind = in.next();
        return switch (kind) {
            case 'd' -> named(Unicode.digit());
            case 'D' -> named(Unicode.digit()).negated();
            case 'w' -> named(Unicode.word());
            case 'W' -> named(Unicode.word()).negated();
            case 's' -> named(Unicode.space());
            case 'S' -> named(Unicode.space()).negated();
            case 'p' -> property(from);
            case 'P' -> property(from).negated();
            case 'n' -> CodePoints.of('\n');
            case 't' -> CodePoints.of('\t');
            case 'r' -> CodePoints.of('\r');
            case 'f' -> CodePoints.of('\f');
            case 'v' -> CodePoints.of(0x0B);
            case 'a' -> CodePoints.of(0x07);
            case 'x' -> folded(point(from, 2));
            case 'u' -> folded(point(from, 4));
            case 'U' -> folded(point(from, 8));
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> throw new Fault(from, "backreferences are not supported");
            default -> {
                if (kind > 127 || PUNCTUATION.indexOf(kind) < 0) {
                    throw new Fault(from, "unrecognized escape sequence");
                }
                yield CodePoints.of(kind);
            }
        };
    }

    private CodePoints named(CodePoints set) {
        return flags.unicode() ? set : set.and(ASCII);
    }

    private CodePoints folded(CodePoints set) {
        return flags.ignoreCase() ? Unicode.folded(set) : set;
    }

    private CodePoints point(int from, int digits) throws Fault {
        String hex = in.take('{') ? in.upTo('}') : in.some(digits);
        if (hex == null || !hex.matches("[0-9A-Fa-f]{1,8}")) {
            throw new Fault(from, "invalid hexadecimal escape sequence");
        }
        long point = Long.parseLong(hex, 16);
        if (point > CodePoints.LAST) {
            throw new Fault(from, "hexadecimal literal is not a Unicode scalar value");
        }
        return CodePoints.of((int) point);
    }

    private CodePoints property(int from) throws Fault {
        String name = in.take('{') ? in.upTo('}') : in.hasNext() ? Character.toString(in.next()) : null;
        if (name == null || name.isEmpty()) {
            throw new Fault(from, "incomplete Unicode property");
        }
        boolean not = name.startsWith("^");
        CodePoints set = Unicode.property(not ? name.substring(1) : name)
                .orElseThrow(() -> new Fault(from, "Unicode property not found"));
        return folded(not ? set.negated() : set);
    }
}
