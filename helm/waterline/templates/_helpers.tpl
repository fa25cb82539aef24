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
{{- else }}
- apiGroups: ["*"]
  resources: ["*/scale"]
  verbs: [get, update]
{{- end }}
{{- end }}
