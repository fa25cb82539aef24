package dev.waterline.leadership;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/**
 * The one place where the fence is enforced: every request but a read asks it before it is sent, retries included.
 *
 * <p>A client with this interceptor must not retry by itself: what an interceptor throws during a retry of the client
 * never reaches the caller, who would wait for ever.
 */
public final class FenceInterceptor implements Interceptor {
    public static final String NAME = "waterline-fence";

    private final Fence fence;

    public FenceInterceptor(Fence fence) {
        this.fence = fence;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!"GET".equals(request.method())) {
            fence.check();
        }
    }
}
