package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.InputStream;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** Names objects as git would, and writes none. */
final class OnlyIds extends ObjectInserter.Formatter {
    @Override
    public ObjectId insert(int type, long length, InputStream content) throws IOException {
        return idFor(type, length, content);
    }

    @Override
    public ObjectId insert(int type, byte[] content, int offset, int length) {
        return idFor(type, content, offset, length);
    }
}
