package dev.waterline.cluster;

/** What became of a new count. */
public sealed interface ScaleWrite {

    /** The target has it. */
    record Scaled() implements ScaleWrite {}

    /** The target has changed since it was read: read it again and decide anew. */
    record Conflict() implements ScaleWrite {}

    /** The target is gone. */
    record NotFound() implements ScaleWrite {}

    /** The operator's role does not allow it. */
    record Forbidden() implements ScaleWrite {}

    /**
     * The API server or an admission webhook does not accept it.
     *
     * @param status HTTP status
     */
    record Refused(int status) implements ScaleWrite {}
}
