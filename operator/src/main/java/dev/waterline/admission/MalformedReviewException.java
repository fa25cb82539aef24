package dev.waterline.admission;

/** A request is not the AdmissionReview of a Binding. The message is one sentence that names the field. */
final class MalformedReviewException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedReviewException(String sentence) {
        super(sentence);
    }
}
