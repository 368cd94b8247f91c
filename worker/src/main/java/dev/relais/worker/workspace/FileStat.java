package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the system says of a file without opening it. Only ever compared within one run on one machine.
 *
 * @param links how many names a file has
 * @param changed nanoseconds since 1970 of the last change of content, mode or name; no program can set it
 * @param modified nanoseconds since 1970 of the last change of content
 */
record FileStat(int mode, int links, long size, long inode, long changed, long modified) {
    private static final int TYPE = 0170000;

    static FileStat of(Path file) throws IOException {
        Map<String, Object> all = Files.readAttributes(file, "unix:mode,nlink,size,ino,ctime,lastModifiedTime",
                LinkOption.NOFOLLOW_LINKS);
        return new FileStat((int) of(all, "mode"), (int) of(all, "nlink"), (long) of(all, "size"), (long) of(all, "ino"),
                ((FileTime) of(all, "ctime")).to(TimeUnit.NANOSECONDS),
                ((FileTime) of(all, "lastModifiedTime")).to(TimeUnit.NANOSECONDS));
    }

    private static Object of(Map<String, Object> all, String name) throws IOException {
        Object value = all.get(name);
        if (value == null) {
            throw new IOException("this file system does not tell a file's " + name);
        }
        return value;
    }

    boolean isFile() {
        return (mode & TYPE) == 0100000;
    }

    /** Whether what is written under its name shows under another one. */
    boolean hasOtherNames() {
        return isFile() && links > 1;
    }

    boolean isDirectory() {
        return (mode & TYPE) == 0040000;
    }

    boolean isLink() {
        return (mode & TYPE) == 0120000;
    }

    int permissions() {
        return mode & 07777;
    }

    boolean isExecutable() {
        return (mode & 0100) != 0;
    }
}
