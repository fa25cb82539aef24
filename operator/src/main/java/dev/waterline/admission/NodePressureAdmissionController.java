package dev.waterline.admission;

import dev.waterline.telemetry.GuardMeters;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The bind guard as a webhook: {@code POST /bind/<floor>}, an AdmissionReview in, an AdmissionReview out. */
public final class NodePressureAdmissionController {
    /** Followed by the floor, a priority of 0 or more. */
    public static final String PATH = "/bind/";

    /**
     * Whatever still has to be asked when so much time has passed is not waited for: the API server lets a pod pass after a
     * second without an answer, and it counts from before the request reached us.
     */
    static final Duration ASK_WITHIN = Duration.ofMillis(600);

    private static final int MAX_DIGITS = 10;

    private final BindGuard guard;
    private final GuardMeters meters;
    private final LongSupplier nanoTime;
    private final AdmissionReviews reviews = new AdmissionReviews();

    /**
     * A controller that never denies pods of one namespace.
     *
     * @param ownNamespace the operator's own: a frozen node must not keep the operator away
     * @param reasons for the sentence of a denial
     * @param nanoTime the clock of {@link Call#begun()}
     */
    public NodePressureAdmissionController(
            String ownNamespace, PodLookup pods, FreezeReasons reasons, GuardMeters meters, LongSupplier nanoTime) {
        this.guard = new BindGuard(ownNamespace, pods, reasons);
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** The path by which a floor's webhook entry calls. */
    public static String path(int floor) {
        return PATH + floor;
    }

    /** The route to serve. */
    public Route route() {
        return Route.post(PATH, this::answer);
    }

    private Answer answer(Call call) {
        try {
            int floor = floor(call.path());
            BindRequest request = reviews.read(call.body());
            BindVerdict verdict = guard.judge(request, floor, ASK_WITHIN.minus(since(call)));
            byte[] body = reviews.write(request.reviewUid(), verdict);
            count(request, verdict, since(call));
            return Answer.json(body);
        } catch (MalformedReviewException e) {
            meters.malformed();
            return Answer.text(400, String.valueOf(e.getMessage()));
        }
    }

    private Duration since(Call call) {
        return Duration.ofNanos(nanoTime.getAsLong() - call.begun());
    }

    private void count(BindRequest request, BindVerdict verdict, Duration took) {
        String kind = GuardWarmUp.NODE.equals(request.node())
                ? "warm_up"
                : request.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        switch (verdict) {
            case BindVerdict.Allowed(BindVerdict.AllowReason reason) ->
                meters.verdict(kind, "allowed", reason.label(), took);
            case BindVerdict.Denied(BindVerdict.DenyReason reason, String _) ->
                meters.verdict(kind, "denied", reason.label(), took);
        }
    }

    private static int floor(String path) throws MalformedReviewException {
        String text = path.substring(PATH.length());
        if (!text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long floor = Long.parseLong(text);
            if (floor <= Integer.MAX_VALUE) {
                return (int) floor;
            }
        }
        throw new MalformedReviewException("The path must be " + PATH + "<floor>, the floor a priority of 0 or more.");
    }
}
