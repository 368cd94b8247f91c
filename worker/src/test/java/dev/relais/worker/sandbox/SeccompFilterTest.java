package dev.relais.worker.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The program as the kernel would run it; that this kernel does is in the attack suite. */
class SeccompFilterTest {
    private static final int ALLOWED = 0x7FFF0000;
    private static final int ERROR = 0x00050000;

    private static int run(String architecture, boolean accounted, int audit, int number, int... arguments) {
        ByteBuffer program = ByteBuffer.wrap(SeccompFilter.of(architecture, accounted).orElseThrow())
                .order(ByteOrder.nativeOrder());
        int register = 0;
        for (int at = 0; at * 8 < program.capacity(); at++) {
            int code = program.getShort(at * 8);
            int value = program.getInt(at * 8 + 4);
            if (code == 0x06) {
                return value;
            } else if (code == 0x20) {
                register = value == 0
                        ? number
                        : value == 4 ? audit : (value - 16) / 8 < arguments.length ? arguments[(value - 16) / 8] : 0;
            } else {
                boolean holds = switch (code) {
                    case 0x15 -> register == value;
                    case 0x35 -> Integer.compareUnsigned(register, value) >= 0;
                    case 0x45 -> (register & value) != 0;
                    default -> throw new AssertionError(code);
                };
                at += program.get(at * 8 + (holds ? 2 : 3)) & 0xFF;
            }
        }
        throw new AssertionError("the program has no end");
    }

    private static int intel(int number, int... arguments) {
        return run("amd64", true, 0xC000003E, number, arguments);
    }

    @ParameterizedTest
    @CsvSource({"0,read", "1,write", "9,mmap", "59,execve", "39,getpid", "202,futex", "281,epoll_pwait", "101,ptrace"})
    void whatProgramsNeedIsAllowed(int number, String name) {
        assertThat(intel(number)).as(name).isEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({"165,1,mount", "308,1,setns", "250,1,keyctl", "321,1,bpf", "435,38,clone3", "425,38,io_uring_setup",
            "437,38,openat2", "1073741824,38,x32"})
    void whatOpensTheWallsIsNot(int number, int error, String name) {
        assertThat(intel(number)).as(name).isEqualTo(ERROR | error);
    }

    @Test
    void argumentsDecideWhereTheCallIsNeededOtherwise() {
        assertThat(intel(56, 0x11)).as("fork").isEqualTo(ALLOWED);
        assertThat(intel(56, 0x003D0F00)).as("a thread").isEqualTo(ALLOWED);
        assertThat(intel(56, 0x10000011)).as("a user namespace").isEqualTo(ERROR | 1);
        assertThat(intel(272, 0x400)).as("unshare of files").isEqualTo(ALLOWED);
        assertThat(intel(272, 0x40000000)).as("a network namespace").isEqualTo(ERROR | 1);
        assertThat(intel(16, 0, 0x5413)).as("the terminal's size").isEqualTo(ALLOWED);
        assertThat(intel(16, 0, 0x5412)).as("typing into a terminal").isEqualTo(ERROR | 1);
        assertThat(intel(16, 0, 0x541C)).as("the console's selection").isEqualTo(ERROR | 1);
        for (int family : new int[]{1, 2, 10, 16}) {
            assertThat(intel(41, family)).isEqualTo(ALLOWED);
        }
        assertThat(intel(41, 40)).as("vsock").isEqualTo(ERROR | 97);
        assertThat(intel(90, 0, 0755)).isEqualTo(ALLOWED);
        assertThat(intel(90, 0, 04755)).isEqualTo(ERROR | 1);
        assertThat(intel(257, 0, 0, 0x41, 0644)).isEqualTo(ALLOWED);
        assertThat(intel(257, 0, 0, 0x41, 02644)).isEqualTo(ERROR | 1);
        assertThat(intel(257, 0, 0, 0, 06000)).as("a mode that is not looked at").isEqualTo(ALLOWED);
    }

    @Test
    void memoryThatNobodyCountsCannotBeHad() {
        assertThat(intel(319)).isEqualTo(ALLOWED);
        assertThat(run("amd64", false, 0xC000003E, 319)).isEqualTo(ERROR | 38);
        assertThat(run("amd64", false, 0xC000003E, 29, 0, 4096)).isEqualTo(ALLOWED);
        assertThat(run("amd64", false, 0xC000003E, 29, 0, 64 << 20)).isEqualTo(ERROR | 12);
    }

    @Test
    void otherArchitecturesHaveTheirOwnNumbersOrNoProgram() {
        assertThat(run("aarch64", true, 0xC00000B7, 40)).as("mount").isEqualTo(ERROR | 1);
        assertThat(run("aarch64", true, 0xC00000B7, 63)).as("read").isEqualTo(ALLOWED);
        assertThat(intel(165)).isNotEqualTo(ALLOWED);
        assertThat(run("amd64", true, 0x40000003, 1)).as("a call in the manner of i386").isEqualTo(ERROR | 38);
        assertThat(SeccompFilter.of("riscv64", true)).isEmpty();
    }
}
