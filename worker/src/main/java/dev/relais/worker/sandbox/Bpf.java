package dev.relais.worker.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Classic BPF as the kernel reads it for seccomp: instructions of eight bytes, in the machine's byte order. */
final class Bpf {
    private static final int LOAD = 0x20;
    private static final int EQUALS = 0x15;
    private static final int AT_LEAST = 0x35;
    private static final int HAS_BIT = 0x45;
    private static final int RETURN = 0x06;
    private static final int SIZE = 8;
    private static final int ARGUMENTS = 16;

    private final List<Instruction> program = new ArrayList<>();

    private record Instruction(int code, int ifTrue, int ifFalse, int value) {}

    Bpf load(int offset) {
        program.add(new Instruction(LOAD, 0, 0, offset));
        return this;
    }

    /** The lower half of an argument; all that are looked at here are ints. */
    Bpf loadArgument(int index) {
        return load(ARGUMENTS + index * 8);
    }

    /** @param otherwise how many instructions to leave out where it does not hold */
    Bpf ifEquals(int value, int otherwise) {
        program.add(new Instruction(EQUALS, 0, otherwise, value));
        return this;
    }

    /** @param then how many instructions to leave out where it holds */
    Bpf skipIfEquals(int value, int then) {
        program.add(new Instruction(EQUALS, then, 0, value));
        return this;
    }

    Bpf ifAtLeast(int value, int otherwise) {
        program.add(new Instruction(AT_LEAST, 0, otherwise, value));
        return this;
    }

    Bpf ifHasBit(int mask, int otherwise) {
        program.add(new Instruction(HAS_BIT, 0, otherwise, mask));
        return this;
    }

    Bpf end(int value) {
        program.add(new Instruction(RETURN, 0, 0, value));
        return this;
    }

    Bpf append(Bpf other) {
        program.addAll(other.program);
        return this;
    }

    int length() {
        return program.size();
    }

    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(program.size() * SIZE).order(ByteOrder.nativeOrder());
        for (Instruction each : program) {
            buffer.putShort((short) each.code()).put((byte) each.ifTrue()).put((byte) each.ifFalse()).putInt(each.value());
        }
        return buffer.array();
    }
}
