package dev.waterline.decision.reading;

import java.time.Instant;

/**
 * What one look at a source has yielded for one subject. Missing is not zero: the three cases are never mixed.
 */
public sealed interface Reading {

    /**
     * The source answered with a credible number.
     *
     * @param value finite, or it is refused
     * @param at when the source evaluated it
     */
    record Fresh(double value, Instant at) implements Reading {
        public Fresh {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A fresh reading must be finite, not " + value);
            }
        }
    }

    /** The source answered, without this subject. */
    record Absent() implements Reading {}

    /**
     * The source did not answer, or what it said cannot be believed.
     *
     * @param cause what went wrong
     * @param detail one sentence for people; never holds a response body
     */
    record Unavailable(Cause cause, String detail) implements Reading {}

    /** Why there is no reading. The names are the reasons that conditions and metrics carry. */
    enum Cause {
        /** No connection, or it broke. */
        Unreachable,
        /** No complete answer within the deadline. */
        Timeout,
        /** The server answered with an HTTP error status. */
        HttpError,
        /** The server understood the request and refused the query. */
        QueryError,
        /** The answer is not what the Prometheus API documents, or too large. */
        BadResponse,
        /** Warnings came with the answer: it is partial. */
        PartialResponse,
        /** An empty vector. */
        EmptyResult,
        /** More than one series where one is due. */
        SeveralSeries,
        /** NaN or infinite. */
        NotFinite,
        /** Outside the credible range. */
        OutOfRange,
        /** So few events that their ratio says nothing. */
        TooFewEvents,
        /** The address is not one that may be asked. */
        ServerNotAllowed,
        /** No server is named anywhere. */
        NoServer,
        /** The cluster serves no Metrics API. */
        NoMetricsApi
    }
}
