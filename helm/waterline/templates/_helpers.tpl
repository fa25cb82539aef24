{{- define "waterline.selectorLabels" -}}
app.kubernetes.io/name: waterline
app.kubernetes.io/component: operator
{{- end }}

{{- define "waterline.labels" -}}
{{ include "waterline.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/instance: {{ .Release.Name }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "waterline.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* What serving ScaledWorkloads takes, in every namespace or in each watched one. */}}
{{- define "waterline.workloadRules" -}}
- apiGroups: [waterline.dev]
  resources: [scaledworkloads]
  verbs: [get, list, watch]
- apiGroups: [waterline.dev]
  resources: [scaledworkloads/status]
  verbs: [update]
{{- range .Values.rbac.scaleTargets }}
- apiGroups: {{ toJson .apiGroups }}
  resources:
    {{- range .resources }}
    - {{ . }}/scale
    {{- end }}
  verbs: [get, update]
# Where the pods of a target may land, for scale-ups while nodes are frozen.
- apiGroups: {{ toJson .apiGroups }}
  resources: {{ toJson .resources }}
  verbs: [get]
{{- else }}
- apiGroups: ["*"]
  resources: ["*/scale"]
  verbs: [get, update]
# Where the pods of a target may land, for scale-ups while nodes are frozen. Those of kinds that it may not read are not held.
- apiGroups: [apps]
  resources: [deployments, statefulsets, replicasets]
  verbs: [get]
{{- end }}
{{- end }}

{{- define "waterline.policyBinding" -}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ .name }}
  labels:
    {{- include "waterline.labels" .root | nindent 4 }}
spec:
  policyName: {{ .name }}
  validationActions: [Deny]
{{- end }}

{{/* Whom policies on our own accounts concern: the operator, and who cleans up after it. */}}
{{- define "waterline.isOurs" -}}
{{- $accounts := list "waterline-operator" }}
{{- if .Values.cleanUp.onUninstall }}{{ $accounts = append $accounts "waterline-uninstall" }}{{ end }}
{{- if .Values.cleanUp.deadOperator.enabled }}{{ $accounts = append $accounts "waterline-thaw-if-dead" }}{{ end -}}
- name: is-ours
  expression: >-
    request.userInfo.username in [
    {{- range $i, $account := $accounts }}{{ if $i }}, {{ end }}'system:serviceaccount:{{ $.Release.Namespace }}:{{ $account }}'{{ end }}]
{{- end }}

{{/* For policies that leave the operator nothing of an object's metadata but its own annotations. */}}
{{- define "waterline.metadataVariables" -}}
- name: annotations
  expression: object.metadata.?annotations.orValue({})
- name: annotationsBefore
  expression: "oldObject == null ? {} : oldObject.metadata.?annotations.orValue({})"
{{- end }}

{{- define "waterline.metadataValidations" -}}
- expression: >-
    variables.annotations.all(k, k.startsWith('waterline.dev/')
      || (k in variables.annotationsBefore && variables.annotations[k] == variables.annotationsBefore[k]))
      && variables.annotationsBefore.all(k, k.startsWith('waterline.dev/') || k in variables.annotations)
  reason: Forbidden
  message: the operator may write no annotation but those that begin with waterline.dev/
- expression: >-
    oldObject != null
      && object.metadata.?labels.orValue({}) == oldObject.metadata.?labels.orValue({})
      && object.metadata.?finalizers.orValue([]) == oldObject.metadata.?finalizers.orValue([])
      && object.metadata.?ownerReferences.orValue([]) == oldObject.metadata.?ownerReferences.orValue([])
  reason: Forbidden
  message: the operator may change neither labels nor finalizers nor owners
{{- end }}

{{/*
What thawing, and giving throttled pods their limits back, takes with the operator stopped or dead. RBAC cannot limit patch to a
field; admission policies do. Pods may be throttled still where relief is disabled by now.
*/}}
{{- define "waterline.thawRules" -}}
- apiGroups: [""]
  resources: [nodes, pods]
  verbs: [get, list, patch]
- apiGroups: [""]
  resources: [pods/resize]
  verbs: [patch]
- apiGroups: [admissionregistration.k8s.io]
  resources: [validatingwebhookconfigurations]
  resourceNames: [waterline-bind-guard]
  verbs: [get, delete]
- apiGroups: [admissionregistration.k8s.io]
  resources: [mutatingwebhookconfigurations]
  resourceNames: [waterline-tolerations]
  verbs: [get, delete]
{{- end }}

{{/* The pod of a command that cleans up. It takes (dict "root" . "account" name "arguments" list). */}}
{{- define "waterline.cleanUpPod" -}}
metadata:
  labels:
    app.kubernetes.io/name: waterline
    app.kubernetes.io/component: {{ .account }}
spec:
  serviceAccountName: {{ .account }}
  restartPolicy: Never
  {{- with .root.Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- toYaml .root.Values.podSecurityContext | nindent 4 }}
  containers:
    - name: {{ .account }}
      image: {{ include "waterline.image" .root | quote }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args:
        {{- range .arguments }}
        - {{ . | quote }}
        {{- end }}
        - {{ printf "--namespace=%s" .root.Release.Namespace | quote }}
        - {{ printf "--taint-key=%s" .root.Values.taintKey | quote }}
        - --log-format={{ .root.Values.log.format }}
        - --log-level={{ .root.Values.log.level }}
      resources:
        {{- toYaml .root.Values.cleanUp.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 64Mi
  {{- with .root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  tolerations:
    # It is needed when everything is frozen.
    - key: {{ .root.Values.taintKey | quote }}
      operator: Exists
      effect: NoSchedule
    {{- with .root.Values.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{/* Annotations of an object of the uninstall hook; it takes the weight. */}}
{{- define "waterline.uninstallHook" -}}
helm.sh/hook: pre-delete
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}
