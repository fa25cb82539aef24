package dev.waterline.testbed.tools;

/** A binary of the testbed. */
public enum Tool {
    ETCD("etcd", ToolModule.ETCD, "go.etcd.io/etcd/server/v3"),
    KUBE_APISERVER("kube-apiserver", ToolModule.KUBERNETES, "k8s.io/kubernetes/cmd/kube-apiserver"),
    /** The oldest one that Waterline supports, for a test outside of the build. */
    KUBE_APISERVER_1_33("kube-apiserver-1.33", ToolModule.KUBERNETES_1_33, "k8s.io/kubernetes/cmd/kube-apiserver"),
    KUBE_CONTROLLER_MANAGER(
            "kube-controller-manager", ToolModule.KUBERNETES, "k8s.io/kubernetes/cmd/kube-controller-manager"),
    KUBE_SCHEDULER("kube-scheduler", ToolModule.KUBERNETES, "k8s.io/kubernetes/cmd/kube-scheduler"),
    KUBECTL("kubectl", ToolModule.KUBERNETES, "k8s.io/kubernetes/cmd/kubectl"),
    KWOK("kwok", ToolModule.KWOK, "sigs.k8s.io/kwok/cmd/kwok"),
    PROMETHEUS("prometheus", ToolModule.PROMETHEUS, "github.com/prometheus/prometheus/cmd/prometheus"),
    HELM("helm", ToolModule.HELM, "helm.sh/helm/v3/cmd/helm");

    private final String fileName;
    private final ToolModule module;
    private final String goPackage;

    Tool(String fileName, ToolModule module, String goPackage) {
        this.fileName = fileName;
        this.module = module;
        this.goPackage = goPackage;
    }

    /** The binary's name, which also is how people call the tool. */
    public String fileName() {
        return fileName;
    }

    ToolModule module() {
        return module;
    }

    String goPackage() {
        return goPackage;
    }
}
